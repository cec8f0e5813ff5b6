using System.Globalization;
using BenchmarkDotNet.Running;
using Scheduler.Benchmarks;

// dotnet run -c Release --project tests/Scheduler.Benchmarks -- throughput [jobs] [concurrency] [nodes] [round trip to the API server, ms]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- backlog [jobs]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- steady [jobs]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- failover [runs] [words of scenarios]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- --filter '*'
switch (args)
{
    case ["throughput", .. var rest]:
        var settings = new ThroughputSettings();
        await ThroughputMeasurement.RunAsync(
            new ThroughputSettings
            {
                Jobs = Number(rest, 0, settings.Jobs),
                Concurrency = Number(rest, 1, settings.Concurrency),
                Nodes = Number(rest, 2, settings.Nodes),
                RoundTrip = TimeSpan.FromMilliseconds(Number(rest, 3, 0)),
            },
            Console.Out);
        break;
    case ["backlog", .. var rest]:
        await BacklogMeasurement.RunAsync(Number(rest, 0, 100_000), Console.Out);
        break;
    case ["steady", .. var rest]:
        await SteadyMeasurement.RunAsync(Number(rest, 0, 5_000), Console.Out);
        break;
    case ["failover", .. var rest]:
        await FailoverMeasurement.RunAsync(Number(rest, 0, 20), only: rest is [_, .. var words] ? words : [], Console.Out);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(LedgerBenchmarks).Assembly).Run(args);
        break;
}

static int Number(string[] arguments, int position, int otherwise) =>
    arguments.Length > position ? int.Parse(arguments[position], CultureInfo.InvariantCulture) : otherwise;
