using Hengping.Tests.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresEnd))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
