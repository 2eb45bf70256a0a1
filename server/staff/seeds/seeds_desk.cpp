#include "server/staff/seeds/seeds_desk.hpp"

#include "directory/audience.hpp"
#include "server/problem.hpp"
#include "server/staff/permissions.hpp"
#include "server/staff/refusal.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace shirube::server {

using directory::Seed;
using directory::SeedKind;

bool SeedsDesk::may_answer(const directory::Asking& asking) const {
    const Seed* want = seen.find(asking.want);
    const Seed* offer = asking.offer.empty() ? nullptr : seen.find(asking.offer);
    return may_write &&
           (asking.owner == owner || (want != nullptr && owns(*want)) || (offer != nullptr && owns(*offer)));
}

SeedsDesk seeds_desk(const StaffCall& call) {
    SeedsDesk desk;
    desk.owner = directory::owner_of(call.who.account.municipality);
    desk.may_write = !desk.owner.empty() && may(call.who.account.role, Permission::plan);
    const auto file = directory::seeds_beside(call.desk.store());
    std::error_code ignored;
    if (!desk.owner.empty() && std::filesystem::exists(file, ignored)) {
        desk.seen = directory::seen_by(call.context.reader(), directory::SeedBook::open(file).all());
    }
    return desk;
}

std::vector<directory::RankedSeed> ranked_for(const Seed& seed, const SeedsDesk& desk, const directory::Reader& reader,
                                              directory::Day today, std::vector<Seed>& others) {
    others.clear();
    for (const Seed& other : seed.kind == SeedKind::offer ? desk.seen.wants : desk.seen.offers) {
        if (stands(other, today)) {
            others.push_back(other);
        }
    }
    std::vector<bool> declined;
    for (const Seed& other : others) {
        const auto* last = seed.kind == SeedKind::offer ? desk.seen.last_between(seed.id, other.id)
                                                        : desk.seen.last_between(other.id, seed.id);
        declined.push_back(last != nullptr && last->answer == directory::SeedAnswer::declined);
    }
    return ranked(seed, others, declined, reader);
}

std::size_t in_same_family(const Seed& seed, const SeedsDesk& desk, const directory::Reader& reader,
                           directory::Day today) {
    const auto& others = seed.kind == SeedKind::offer ? desk.seen.wants : desk.seen.offers;
    return static_cast<std::size_t>(std::ranges::count_if(others, [&](const Seed& other) {
        return stands(other, today) && share_a_family(seed, other, reader.taxonomy());
    }));
}

Answer with_seeds(const StaffCall& call, Answer (*answer)(const StaffCall&, const SeedsDesk&)) {
    try {
        return answer(call, seeds_desk(call));
    } catch (const directory::SeedsError& error) {
        spdlog::error("{}: {}", error.code(), error.what());
        if (call.request.path.starts_with("/api/")) {
            return to_answer({"internal_error", "", {}}, call.context.language);
        }
        return refusal_page(
            call.request, &call.context, call.context.language,
            {503, "seeds.heading", error.code() == "seeds_busy" ? "seeds.file_busy" : "seeds.file_trouble",
             "staff.home", "/staff"});
    }
}

Answer no_such_seed(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "seeds.not_here", "seeds.heading", "/staff/seeds"});
}

std::string address_of_seed(const Seed& seed) {
    return (seed.kind == SeedKind::offer ? "/staff/seeds/offers/" : "/staff/seeds/wants/") + seed.id;
}

} // namespace shirube::server
