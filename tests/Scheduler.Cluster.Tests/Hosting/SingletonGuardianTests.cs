using Akka.Actor;
using Akka.TestKit.Xunit2;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Limiter;

namespace Scheduler.Cluster.Tests.Hosting;

public sealed class SingletonGuardianTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("stop")]
    [InlineData("throw")]
    public async Task ASingletonThatStopsByAccidentIsStartedAgain(string accident)
    {
        var guardian = Sys.ActorOf(SingletonGuardian.Over(Echo.Props(TestActor), "actor"));
        await ExpectMsgAsync("started", Patience);

        guardian.Tell(accident);

        await ExpectMsgAsync("stopped", Patience);
        await ExpectMsgAsync("started", Patience);
        guardian.Tell("hello", TestActor);
        await ExpectMsgAsync("hello", Patience);
    }

    [Fact]
    public async Task AHandOverEndsItForGoodOnceTheSingletonHasEnded()
    {
        var guardian = Sys.ActorOf(SingletonGuardian.Over(Echo.Props(TestActor), "actor"));
        await WatchAsync(guardian);
        await ExpectMsgAsync("started", Patience);

        guardian.Tell(HandOver.Instance);

        await ExpectMsgAsync("stopped", Patience);
        await ExpectTerminatedAsync(guardian, Patience);
    }

    [Fact]
    public async Task APoisonPillEndsItForGood()
    {
        var guardian = Sys.ActorOf(SingletonGuardian.Over(Echo.Props(TestActor), "actor"));
        await WatchAsync(guardian);
        await ExpectMsgAsync("started", Patience);

        guardian.Tell(PoisonPill.Instance);

        await ExpectMsgAsync("stopped", Patience);
        await ExpectTerminatedAsync(guardian, Patience);
    }

    private sealed class Echo : ReceiveActor
    {
        private readonly IActorRef _observer;

        public Echo(IActorRef observer)
        {
            _observer = observer;
            Receive<string>(text => text == "stop", _ => Context.Stop(Self));
            Receive<string>(text => text == "throw", _ => throw new InvalidOperationException("an accident"));
            Receive<string>(text => Sender.Tell(text));
            Receive<HandOver>(_ => Context.Stop(Self));
        }

        public static Props Props(IActorRef observer) => Akka.Actor.Props.Create(() => new Echo(observer));

        protected override void PreStart() => _observer.Tell("started");

        protected override void PostStop() => _observer.Tell("stopped");
    }
}
