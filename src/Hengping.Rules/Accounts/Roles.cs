namespace Hengping.Rules.Accounts;

/// <summary>What is said to a role that never may.</summary>
public static class Roles
{
    /// <summary>Your role never may, or not on this side of it.</summary>
    public static readonly Refusal NotYours = new("forbidden", "您的身份不能这样做", "Your role cannot do this");
}
