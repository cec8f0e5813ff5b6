using BenchmarkDotNet.Attributes;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Benchmarks;

/// <summary>The ledger's share of one job's life, with many others in flight.</summary>
[MemoryDiagnoser]
public class LedgerBenchmarks
{
    private static readonly Moment Now = new(TimeSpan.FromHours(1));
    private TokenLedger _ledger = null!;
    private JobId _job;

    [Params(25, 5000)]
    public int InFlight { get; set; }

    [GlobalSetup]
    public void FillUp()
    {
        _job = Id(0);
        _ledger = TokenLedger.Create(InFlight + 1, new LedgerSettings());
        _ledger = _ledger.Authorize(new GrantAuthority(new Epoch(1), Moment.Never), Now).Ledger;
        for (var job = 1; job <= InFlight; job++)
        {
            _ledger = _ledger.Observe(new Observed(Id(job), KubernetesJobState.Unfinished, new Revision(job), null), Now).Ledger;
        }
    }

    [Benchmark]
    public TokenLedger OneJobFromTakeToEnd()
    {
        var granted = _ledger.Take(new Take(_job, 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3)), Now);
        var grant = ((LedgerEffect.Grant)granted.Effects[0]).Id;
        var claimed = granted.Ledger.Claim(new Claim(_job, grant), Now);
        var running = claimed.Ledger.Observe(new Observed(_job, KubernetesJobState.Unfinished, new Revision(9000), grant), Now);
        return running.Ledger.Observe(new Observed(_job, KubernetesJobState.Finished, new Revision(9001), grant), Now).Ledger;
    }

    private static JobId Id(int number) => new(new Guid(number, 7, 7, new byte[8]));
}
