#include "directory/seeds/seed_book.hpp"

#include "directory/own_file/own_file.hpp"
#include "directory/reports.hpp"
#include "directory/seeds/seed_lists.hpp"
#include "directory/store/sqlite.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace shirube::directory {

namespace {

constexpr std::int64_t k_application_id = 0x53485345; // "SHSE"

std::int64_t number_of(Day day) { return day.time_since_epoch().count(); }

/// What stands in the file may have been written by anybody: a day beyond the calendar is none.
std::optional<Day> maybe_day(std::optional<std::int64_t> number) {
    constexpr std::int64_t k_most_days = 1'000'000;
    return number && *number > -k_most_days && *number < k_most_days ? std::optional(Day{std::chrono::days{*number}})
                                                                     : std::nullopt;
}

std::optional<std::int64_t> maybe_number(const std::optional<Day>& day) {
    return day ? std::optional(number_of(*day)) : std::nullopt;
}

std::optional<int> maybe_int(std::optional<std::int64_t> number) {
    return number && *number >= 0 && *number <= k_oldest_seed_age ? std::optional(static_cast<int>(*number))
                                                                  : std::nullopt;
}

std::optional<std::int64_t> bounded(std::optional<std::int64_t> number, std::int64_t most) {
    return number && *number >= 0 && *number <= most ? number : std::nullopt;
}

SeedsError error_of(const OwnFileProblem& problem, const std::filesystem::path& path) {
    const auto say = [&path](const char* code, std::string_view en, std::string_view ja) {
        return SeedsError(code, fmt::format("{}: {} / {}", path.string(), en, ja));
    };
    switch (problem.trouble) {
        case OwnFileTrouble::missing:
            return say("seeds_missing", "there are no seeds or needs yet.", "シーズもニーズもまだありません。");
        case OwnFileTrouble::not_made:
            return say("seeds_read_only", fmt::format("the file cannot be made ({}).", problem.detail),
                       "シーズとニーズのファイルを作れません。フォルダーと権限を確かめてください。");
        case OwnFileTrouble::foreign:
            return say("seeds_foreign", "this is no file of seeds and needs. Move it away.",
                       "シーズとニーズのファイルではありません。別の場所へ移してください。");
        case OwnFileTrouble::newer:
            return say("seeds_newer", "it was written by a newer shirube. Use that one.",
                       "新しい版の shirube で作られています。プログラムを新しくしてください。");
        case OwnFileTrouble::busy:
            return say("seeds_busy", "somebody else is writing to it. Try again; nothing was changed.",
                       "シーズとニーズのファイルに書き込み中です。やり直してください。変更はありません。");
        case OwnFileTrouble::full:
            return say("seeds_full", "the disk is full. Free some space; the file is as it was.",
                       "ディスクの空きがありません。空きを作ってください。元のままです。");
        case OwnFileTrouble::damaged:
            return say("seeds_damaged", "the file is damaged. Restore it from a backup, or move it away.",
                       "シーズとニーズのファイルが壊れています。控えから戻すか、別の場所へ移してください。");
        case OwnFileTrouble::read_only:
            return say("seeds_read_only", "the file cannot be opened or written by this user. Check the permissions.",
                       "この利用者ではファイルを開けないか、書き込めません。権限を確かめてください。");
        case OwnFileTrouble::io:
        case OwnFileTrouble::other:
            break;
    }
    return {"seeds_failed", problem.detail};
}

const OwnFileKind& kind_of_seed_file() {
    static const OwnFileKind kind{"seeds/", k_application_id,
                                  [](const OwnFileProblem& problem, const std::filesystem::path& path) {
                                      return std::make_exception_ptr(error_of(problem, path));
                                  }};
    return kind;
}

constexpr std::string_view k_select_seed = R"(SELECT seed_id, kind, owner, key, organization, site, programmes, areas,
    within_m, amount, unit, starts, weekdays, nights, from_age, to_age, contracts, fee_yen, fee_per, terms, contact,
    phone, mail, note, source, as_of, until, sharing, state, class, version FROM seed )";

std::optional<SeedAmount> amount_in(const Statement& row, int at) {
    const auto count = bounded(row.maybe_integer(at), k_most_seed_amount);
    const auto unit = parse_code<Unit>(row.text(at + 1));
    return count && unit ? std::optional(SeedAmount{*count, *unit}) : std::nullopt;
}

std::optional<SeedFee> fee_in(const Statement& row, int at) {
    const auto yen = bounded(row.maybe_integer(at), k_most_seed_yen);
    const auto per = parse_seed_code<FeePer>(row.text(at + 1));
    return yen && per ? std::optional(SeedFee{*yen, *per}) : std::nullopt;
}

/// What cannot be read is for the fewest.
Visibility class_in(std::string_view code) {
    return code == code_of(Visibility::staff) ? Visibility::staff : Visibility::coordinator;
}

Seed seed_in(const Statement& row) {
    int at = 0;
    const auto text = [&] { return clean_report_text(row.text(at++)); };
    const auto number = [&] { return row.maybe_integer(at++); };
    Seed seed;
    seed.id = text();
    seed.kind = parse_seed_code<SeedKind>(text()).value_or(SeedKind::offer);
    seed.owner = text();
    seed.key = text();
    seed.organization = text();
    seed.site = text();
    seed.programmes = seed_list_of(text());
    seed.areas = seed_list_of(text());
    seed.within_m = bounded(number(), k_farthest_seed_m);
    seed.amount = amount_in(row, at);
    at += 2;
    seed.from = maybe_day(number());
    seed.weekdays = static_cast<WeekdayMask>(number().value_or(0) & k_every_weekday);
    seed.nights = parse_seed_code<SeedNights>(text()).value_or(SeedNights::unknown);
    seed.from_age = maybe_int(number());
    seed.to_age = maybe_int(number());
    for (const auto& code : seed_list_of(text())) {
        if (const auto contract = parse_code<Contract>(code); contract && *contract != Contract::unknown) {
            seed.contracts.push_back(*contract);
        }
    }
    seed.fee = fee_in(row, at);
    at += 2;
    for (auto* of : {&seed.terms, &seed.contact, &seed.phone, &seed.mail, &seed.note, &seed.source}) {
        *of = text();
    }
    seed.as_of = maybe_day(number()).value_or(Day{});
    seed.until = maybe_day(number());
    // What cannot be read is shown to the fewest.
    seed.sharing = parse_seed_code<SeedSharing>(text()).value_or(SeedSharing::own);
    seed.state = parse_seed_code<SeedState>(text()).value_or(SeedState::withdrawn);
    seed.kept_for = class_in(text());
    seed.version = number().value_or(0);
    return seed;
}

Asking asking_in(const Statement& row) {
    int at = 0;
    const auto text = [&] { return clean_report_text(row.text(at++)); };
    Asking asking;
    for (auto* of : {&asking.id, &asking.owner, &asking.want, &asking.offer, &asking.organization, &asking.asked_by}) {
        *of = text();
    }
    asking.asked_on = maybe_day(row.maybe_integer(at++)).value_or(Day{});
    asking.answer = parse_seed_code<SeedAnswer>(text()).value_or(SeedAnswer::waiting);
    asking.reason = parse_seed_code<DeclineReason>(text());
    asking.words = text();
    asking.answered_on = maybe_day(row.maybe_integer(at++));
    asking.kept_for = class_in(text());
    return asking;
}

std::string new_id(Database& database, char first) {
    Statement random(database, "SELECT lower(hex(randomblob(8)))");
    random.step();
    return first + std::string(random.text(0));
}

template <class... Values>
std::int64_t count_in(Database& database, std::string_view sql, const Values&... values) {
    Statement count(database, sql);
    count.bind(values...);
    return count.step() ? count.integer(0) : 0;
}

std::optional<Seed> one_seed(Database& database, std::string_view where, std::string_view a, std::string_view b,
                             std::string_view c) {
    Statement select(database, std::string(k_select_seed) + std::string(where));
    select.bind(a, b, c);
    return select.step() ? std::optional(seed_in(select)) : std::nullopt;
}

void write(Database& database, const Seed& seed) {
    std::vector<std::string> contracts;
    contracts.reserve(seed.contracts.size());
    for (const auto contract : seed.contracts) {
        contracts.emplace_back(code_of(contract));
    }
    constexpr std::int64_t k_not_stated = -1; // NULL in the file: no count is below zero
    const std::int64_t amount = seed.amount ? seed.amount->count : k_not_stated;
    const std::int64_t fee = seed.fee ? seed.fee->yen : k_not_stated;
    const std::string programmes = seed_text_of(seed.programmes);
    const std::string areas = seed_text_of(seed.areas);
    const std::string contract_codes = seed_text_of(contracts);
    const std::string_view unit = seed.amount ? code_of(seed.amount->unit) : std::string_view{};
    const std::string_view per = seed.fee ? code_of(seed.fee->per) : std::string_view{};
    // An update in place: askings point here.
    Statement(database,
              R"(INSERT INTO seed VALUES (?,?,?,?,?,?,?,?,?,nullif(?,-1),?,?,?,?,?,?,?,nullif(?,-1),?,?,?,?,?,?,
            ?,?,?,?,?,?,?)
        ON CONFLICT (seed_id) DO UPDATE SET key = excluded.key, organization = excluded.organization,
            site = excluded.site, programmes = excluded.programmes, areas = excluded.areas,
            within_m = excluded.within_m, amount = excluded.amount, unit = excluded.unit, starts = excluded.starts,
            weekdays = excluded.weekdays, nights = excluded.nights, from_age = excluded.from_age,
            to_age = excluded.to_age, contracts = excluded.contracts, fee_yen = excluded.fee_yen,
            fee_per = excluded.fee_per, terms = excluded.terms, contact = excluded.contact, phone = excluded.phone,
            mail = excluded.mail, note = excluded.note, source = excluded.source, as_of = excluded.as_of,
            until = excluded.until, sharing = excluded.sharing, state = excluded.state, class = excluded.class,
            version = excluded.version)")
        .bind(seed.id, code_of(seed.kind), seed.owner, seed.key, seed.organization, seed.site, programmes, areas,
              seed.within_m, amount, unit, maybe_number(seed.from), std::int64_t{seed.weekdays}, code_of(seed.nights),
              seed.from_age, seed.to_age, contract_codes, fee, per, seed.terms, seed.contact, seed.phone, seed.mail,
              seed.note, seed.source, number_of(seed.as_of), maybe_number(seed.until), code_of(seed.sharing),
              code_of(seed.state), code_of(seed.kept_for), seed.version)
        .run();
}

} // namespace

struct SeedBook::Impl {
    Impl(const std::filesystem::path& of, OwnFileWanted wanted) : file(of, kind_of_seed_file(), wanted) {}
    OwnFile file;
};

std::filesystem::path seeds_beside(const std::filesystem::path& store) { return own_file_beside(store, "seeds"); }

SeedBook::SeedBook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SeedBook::SeedBook(SeedBook&&) noexcept = default;
SeedBook& SeedBook::operator=(SeedBook&&) noexcept = default;
SeedBook::~SeedBook() = default;

SeedBook SeedBook::open(const std::filesystem::path& path) {
    return SeedBook(std::make_unique<Impl>(path, OwnFileWanted::existing));
}

SeedBook SeedBook::open_or_create(const std::filesystem::path& path) {
    return SeedBook(std::make_unique<Impl>(path, OwnFileWanted::made_if_missing));
}

AllSeeds SeedBook::all() const {
    return impl_->file.locked([&] {
        AllSeeds all;
        Statement seeds(impl_->file.database(), std::string(k_select_seed) + "ORDER BY seed_id");
        while (seeds.step()) {
            all.seeds.push_back(seed_in(seeds));
        }
        Statement askings(impl_->file.database(), R"(SELECT asking_id, owner, want, coalesce(offer, ''), organization,
            asked_by, asked_on, answer, reason, words, answered_on, class FROM asking ORDER BY asking_order DESC)");
        while (askings.step()) {
            all.askings.push_back(asking_in(askings));
        }
        return all;
    });
}

std::expected<KeptSeed, SeedRefusal> SeedBook::keep(Seed seed) {
    return impl_->file.written([&]() -> std::expected<KeptSeed, SeedRefusal> {
        Database& database = impl_->file.database();
        const auto kind = code_of(seed.kind);
        std::optional<Seed> before;
        if (!seed.id.empty()) {
            before = one_seed(database, "WHERE seed_id = ? AND owner = ? AND kind = ?", seed.id, seed.owner, kind);
            if (!before) {
                return std::unexpected(SeedRefusal::missing);
            }
            if (before->version != seed.version) {
                return std::unexpected(SeedRefusal::changed);
            }
        } else if (!seed.key.empty()) {
            before = one_seed(database, "WHERE owner = ? AND kind = ? AND key = ? ORDER BY seed_id LIMIT 1", seed.owner,
                              kind, seed.key);
        }
        if (before) {
            seed.id = before->id;
            seed.version = before->version;
            if (seed == *before) {
                return KeptSeed{.id = seed.id};
            }
            ++seed.version;
            write(database, seed);
            return KeptSeed{.id = seed.id, .is_new = false, .is_changed = true};
        }
        if (count_in(database, "SELECT count(*) FROM seed WHERE owner = ? AND kind = ?", seed.owner, kind) >=
            k_most_seeds_of_owner) {
            return std::unexpected(SeedRefusal::full);
        }
        seed.id = new_id(database, seed.kind == SeedKind::offer ? 's' : 'n');
        seed.version = 1;
        write(database, seed);
        return KeptSeed{.id = seed.id, .is_new = true, .is_changed = true};
    });
}

std::expected<std::string, SeedRefusal> SeedBook::ask(Asking asking) {
    return impl_->file.written([&]() -> std::expected<std::string, SeedRefusal> {
        Database& database = impl_->file.database();
        if (count_in(database, "SELECT count(*) FROM asking WHERE owner = ?", asking.owner) >=
            k_most_askings_of_owner) {
            return std::unexpected(SeedRefusal::full);
        }
        asking.id = new_id(database, 'a');
        const auto offer = asking.offer.empty() ? std::nullopt : std::optional(asking.offer);
        Statement(database, R"(INSERT INTO asking (asking_id, owner, want, offer, organization, asked_by, asked_on,
            answer, reason, words, answered_on, class) VALUES (?,?,?,?,?,?,?,?,?,?,?,?))")
            .bind(asking.id, asking.owner, asking.want, offer, asking.organization, asking.asked_by,
                  number_of(asking.asked_on), code_of(asking.answer),
                  asking.reason ? code_of(*asking.reason) : std::string_view{}, asking.words,
                  maybe_number(asking.answered_on), code_of(asking.kept_for))
            .run();
        return asking.id;
    });
}

bool SeedBook::answer(std::string_view id, SeedAnswer answer, std::optional<DeclineReason> reason,
                      std::string_view words, std::optional<Day> on) {
    return impl_->file.written([&] {
        Database& database = impl_->file.database();
        Statement(database, "UPDATE asking SET answer = ?, reason = ?, words = ?, answered_on = ? WHERE asking_id = ?")
            .bind(code_of(answer), reason ? code_of(*reason) : std::string_view{}, words, maybe_number(on), id)
            .run();
        return database.changes() == 1;
    });
}

} // namespace shirube::directory
