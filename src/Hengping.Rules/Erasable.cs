namespace Hengping.Rules;

/// <summary>
/// What is said under a key of its own: it goes for good, or is locked while a law still keeps it.
/// </summary>
public interface IErasable<TEvent>
    where TEvent : class
{
    /// <summary>Its key is destroyed.</summary>
    bool IsErased { get; }

    /// <summary>Nothing that it says can be read: it is erased or locked.</summary>
    bool IsShut { get; }

    /// <summary>Records that its key is to be destroyed.</summary>
    /// <param name="because">age, request.</param>
    Decided<TEvent> Erase(string because);

    /// <summary>Records that its key opens nothing until it is destroyed.</summary>
    Decided<TEvent> Lock();
}
