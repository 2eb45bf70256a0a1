#include "network_random_town.hpp"

#include <fmt/format.h>

namespace shirube::directory::test {

State tied_town(std::uint64_t seed) {
    State state = random_town(seed);
    Dice dice(seed + 1);
    const auto party = [&] {
        PartyReading of;
        const auto& site = dice.of(state.sites);
        of.municipality = dice.one_in(5) ? std::string{} : site.municipality;
        of.name = dice.one_in(4)                                   ? "だれか" + std::to_string(dice.below(20))
                  : dice.one_in(2) && !state.organizations.empty() ? dice.of(state.organizations).name
                                                                   : site.name;
        return of;
    };
    const auto day = [&](std::size_t one_in) {
        return dice.one_in(one_in) ? std::optional(*parse_day("2024-04-01") + std::chrono::days{dice.below(1000)})
                                   : std::nullopt;
    };
    for (int i = 0; i < 30; ++i) {
        ForumRow row;
        row.id = fmt::format("forum{:04}", i);
        row.reading.kind = static_cast<ForumKind>(dice.below(5));
        row.reading.name = fmt::format("会議{}", dice.below(25));
        row.reading.municipality = dice.of(state.sites).municipality;
        row.reading.valid_to = day(4);
        for (std::size_t member = dice.below(8); member > 0; --member) {
            row.reading.members.push_back(party());
        }
        state.forums.push_back(std::move(row));
    }
    for (int i = 0; i < 400; ++i) {
        RelationRow row;
        row.id = fmt::format("relation{:04}", i);
        row.reading.kind = static_cast<RelationKind>(dice.below(7));
        row.reading.from = party();
        row.reading.to = party();
        if (row.reading.kind == RelationKind::member_of) {
            row.reading.to.kind = PartyKind::forum;
            row.reading.to.name = fmt::format("会議{}", dice.below(25));
        }
        row.reading.valid_from = day(3);
        if (!row.reading.valid_from) {
            row.reading.valid_to = day(3);
        }
        const auto count = [&] { return dice.one_in(3) ? std::nullopt : std::optional<std::int64_t>(dice.below(40)); };
        row.reading.referrals = {count(), count(), count()};
        state.relations.push_back(std::move(row));
    }
    return state;
}

} // namespace shirube::directory::test
