using BenchmarkDotNet.Running;
using Scheduler.Benchmarks;

// dotnet run -c Release --project tests/Scheduler.Benchmarks -- throughput [jobs] [concurrency]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- backlog [jobs]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- --filter '*'
if (args is ["throughput", .. var rest])
{
    await ThroughputMeasurement.RunAsync(
        jobs: rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 1000,
        concurrency: rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 25,
        Console.Out);
}
else if (args is ["backlog", .. var size])
{
    await BacklogMeasurement.RunAsync(
        jobs: size.Length > 0 ? int.Parse(size[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000, Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(LedgerBenchmarks).Assembly).Run(args);
}
