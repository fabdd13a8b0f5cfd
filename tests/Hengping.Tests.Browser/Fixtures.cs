using Hengping.Tests.Browser;
using Hengping.Tests.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresEnd))]
[assembly: AssemblyFixture(typeof(ChromiumEnd))]
[assembly: AssemblyFixture(typeof(SharedMarket))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
