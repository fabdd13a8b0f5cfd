using System.Reflection;
using Hengping.App;
using Hengping.App.Complaints;
using Hengping.App.Desk;
using Hengping.App.Merchants;
using Hengping.App.Operators;
using Hengping.App.Platform;
using Hengping.App.Webhooks;
using Hengping.App.Workbench;
using Hengping.Rules;
using Hengping.Tests.Harness;
using Shouldly;
using Xunit;

namespace Hengping.Tests;

/// <summary>
/// What is sealed is somebody's: a room with a stream that seals says what it keeps about persons, so that erasing,
/// locking and "all about me" reach it. A stream whose words go another way stands here with the reason.
/// </summary>
public sealed class TidyPersons
{
    private static readonly Dictionary<Type, string> ElseWhere = new()
    {
        [typeof(DecisionBook)] = "sealed with the case's key, and gone or shut with it",
        [typeof(ViewBook)] = "sealed with the key of its owner's account, and gone with it",
        [typeof(TemplateBook)] = "a merchant's own texts, about no person",
        [typeof(HookBook)] = "addresses and secrets of programs, about no person",
        [typeof(OperatorBook)] = "passwords and keys of the operator's ways, about no person",
        [typeof(MerchantBook)] = "contacts of firms; who claims an entry has a key of their own, gone with the claim",
    };

    [Fact]
    public void Every_stream_that_seals_is_reached_by_erasing_and_locking()
    {
        var mute =
            from room in Rooms.House.Rooms
            where room.Persons is null
            from book in room.Books
            where Seals(EventOf(book)) && !ElseWhere.ContainsKey(book.GetType())
            select $"{room.GetType().Name}: {book.GetType().Name} seals, and the room says nothing of persons";
        HouseRule.Holds(mute, "give the room its Persons, or say here why its words go another way");
    }

    [Fact]
    public void Nobody_is_excused_who_seals_nothing_or_answers_for_themselves()
    {
        var rooms = Rooms.House.Rooms.Where(room => room.Persons is null).SelectMany(room => room.Books);
        ElseWhere.Keys.Except(rooms.Where(book => Seals(EventOf(book))).Select(book => book.GetType())).ShouldBeEmpty();
        Seals(EventOf(ComplaintBook.Instance)).ShouldBeTrue();
    }

    private static Type EventOf(Book book)
    {
        var type = book.GetType();
        while (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Book<,>))
            type = type.BaseType!;
        return type.GetGenericArguments()[1];
    }

    private static bool Seals(Type happened) =>
        happened
            .GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(kind => kind.GetProperties())
            .Any(property => property.GetCustomAttribute<SecretAttribute>() is not null);
}
