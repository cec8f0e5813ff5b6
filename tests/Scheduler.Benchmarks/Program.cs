using BenchmarkDotNet.Running;
using Scheduler.Benchmarks;

// dotnet run -c Release --project tests/Scheduler.Benchmarks -- throughput [jobs] [concurrency] [nodes]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- backlog [jobs]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- steady [jobs]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- failover [runs] [words of scenarios]
// dotnet run -c Release --project tests/Scheduler.Benchmarks -- --filter '*'
if (args is ["throughput", .. var rest])
{
    await ThroughputMeasurement.RunAsync(
        jobs: rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 1000,
        concurrency: rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 25,
        nodes: rest.Length > 2 ? int.Parse(rest[2], System.Globalization.CultureInfo.InvariantCulture) : 1,
        Console.Out);
}
else if (args is ["backlog", .. var size])
{
    await BacklogMeasurement.RunAsync(
        jobs: size.Length > 0 ? int.Parse(size[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000, Console.Out);
}
else if (args is ["steady", .. var inFlight])
{
    await SteadyMeasurement.RunAsync(
        jobs: inFlight.Length > 0 ? int.Parse(inFlight[0], System.Globalization.CultureInfo.InvariantCulture) : 5_000, Console.Out);
}
else if (args is ["failover", .. var failover])
{
    await FailoverMeasurement.RunAsync(
        runs: failover.Length > 0 ? int.Parse(failover[0], System.Globalization.CultureInfo.InvariantCulture) : 20,
        only: failover.Length > 1 ? failover[1..] : [],
        Console.Out);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(LedgerBenchmarks).Assembly).Run(args);
}
