#include "directory/desk/told.hpp"

#include "directory/own_file/own_file.hpp"
#include "directory/reports.hpp"
#include "directory/store/sqlite.hpp"

#include <fmt/format.h>

#include <utility>

namespace shirube::directory {

namespace {

constexpr std::int64_t k_application_id = 0x53485444; // "SHTD"

std::int64_t number_of(Day day) { return day.time_since_epoch().count(); }
Day day_of(std::int64_t number) { return Day{std::chrono::days{number}}; }

ToldError error_of(const OwnFileProblem& problem, const std::filesystem::path& path) {
    const auto say = [&path](const char* code, std::string_view en, std::string_view ja) {
        return ToldError(code, fmt::format("{}: {} / {}", path.string(), en, ja));
    };
    switch (problem.trouble) {
        case OwnFileTrouble::missing:
            return say("told_missing", "nobody waits for an answer yet.", "返事を待つ人はまだいません。");
        case OwnFileTrouble::not_made:
            return say("told_read_only", fmt::format("the file cannot be made ({}).", problem.detail),
                       "返事のファイルを作れません。フォルダーと権限を確かめてください。");
        case OwnFileTrouble::foreign:
            return say("told_foreign", "this is no file of answers. Move it away.",
                       "返事のファイルではありません。別の場所へ移してください。");
        case OwnFileTrouble::newer:
            return say("told_newer", "it was written by a newer shirube. Use that one.",
                       "新しい版の shirube で作られています。プログラムを新しくしてください。");
        case OwnFileTrouble::busy:
            return say("told_busy", "somebody else is writing to it. Try again; nothing was changed.",
                       "返事のファイルに書き込み中です。やり直してください。変更はありません。");
        case OwnFileTrouble::full:
            return say("told_full", "the disk is full. Free some space; the file is as it was.",
                       "ディスクの空きがありません。空きを作ってください。元のままです。");
        case OwnFileTrouble::damaged:
            return say("told_damaged", "the file of answers is damaged. Restore it from a backup, or move it away.",
                       "返事のファイルが壊れています。控えから戻すか、別の場所へ移してください。");
        case OwnFileTrouble::read_only:
            return say("told_read_only", "the file cannot be opened or written by this user. Check the permissions.",
                       "この利用者では返事のファイルを開けないか、書き込めません。権限を確かめてください。");
        case OwnFileTrouble::io:
        case OwnFileTrouble::other:
            break;
    }
    return {"told_failed", problem.detail};
}

const OwnFileKind& kind_of_told_file() {
    static const OwnFileKind kind{"told/", k_application_id,
                                  [](const OwnFileProblem& problem, const std::filesystem::path& path) {
                                      return std::make_exception_ptr(error_of(problem, path));
                                  }};
    return kind;
}

ToldKind kind_of(std::string_view code) { return code == "report" ? ToldKind::report : ToldKind::find; }

constexpr std::string_view k_select =
    "SELECT told_id, owner, kind, ref, about, teller, way, day, answered_day FROM told ";

Told told_in(const Statement& row) {
    Told told;
    told.id = row.integer(0);
    told.said = {.owner = std::string(row.text(1)),
                 .kind = kind_of(row.text(2)),
                 .ref = std::string(row.text(3)),
                 .about = std::string(row.text(4)),
                 .teller = std::string(row.text(5)),
                 .way = std::string(row.text(6)),
                 .day = day_of(row.integer(7))};
    if (const auto answered = row.maybe_integer(8)) {
        told.answered_on = day_of(*answered);
    }
    return told;
}

std::vector<Told> all_in(Statement& select) {
    std::vector<Told> all;
    while (select.step()) {
        all.push_back(told_in(select));
    }
    return all;
}

/// On one line, and not beyond the letters that are kept.
std::string kept(std::string_view text) {
    std::string line = clean_report_text(text);
    for (char& c : line) {
        c = c == '\n' || c == '\t' ? ' ' : c;
    }
    while (characters_in(line) > k_longest_told) {
        do {
            line.pop_back();
        } while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xc0U) == 0x80U);
        if (!line.empty() && (static_cast<unsigned char>(line.back()) & 0x80U) != 0) {
            line.pop_back(); // what began a letter that is cut
        }
    }
    return line;
}

} // namespace

std::string_view code_of(ToldKind kind) noexcept { return kind == ToldKind::report ? "report" : "find"; }

struct ToldBook::Impl {
    Impl(const std::filesystem::path& of, OwnFileWanted wanted) : file(of, kind_of_told_file(), wanted) {}

    OwnFile file;
};

std::filesystem::path told_beside(const std::filesystem::path& store) { return own_file_beside(store, "told"); }

ToldBook::ToldBook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ToldBook::ToldBook(ToldBook&&) noexcept = default;
ToldBook& ToldBook::operator=(ToldBook&&) noexcept = default;
ToldBook::~ToldBook() = default;

ToldBook ToldBook::open(const std::filesystem::path& path) {
    return ToldBook(std::make_unique<Impl>(path, OwnFileWanted::existing));
}

ToldBook ToldBook::open_or_create(const std::filesystem::path& path) {
    return ToldBook(std::make_unique<Impl>(path, OwnFileWanted::made_if_missing));
}

bool ToldBook::add(const NewTold& told) {
    return impl_->file.written([&] {
        Database& database = impl_->file.database();
        Statement waiting(database, "SELECT count(*) FROM told WHERE owner = ? AND answered_day IS NULL");
        waiting.bind(told.owner);
        if (waiting.step() && waiting.integer(0) >= k_most_waiting) {
            return false;
        }
        Statement(database, R"(INSERT INTO told (owner, kind, ref, about, teller, way, day) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (owner, kind, ref) DO UPDATE SET about = excluded.about, teller = excluded.teller,
                way = excluded.way, day = excluded.day, answered_day = NULL)")
            .bind(told.owner, code_of(told.kind), told.ref, kept(told.about), kept(told.teller), kept(told.way),
                  number_of(told.day))
            .run();
        return true;
    });
}

std::vector<Told> ToldBook::waiting(const std::string& owner, std::size_t most) const {
    return impl_->file.locked([&] {
        Statement select(impl_->file.database(), std::string(k_select) + R"(WHERE owner = ? AND answered_day IS NULL
            ORDER BY day, told_id LIMIT ?)");
        select.bind(owner, static_cast<std::int64_t>(most));
        return all_in(select);
    });
}

std::int64_t ToldBook::count_waiting(const std::string& owner) const {
    return impl_->file.locked([&] {
        Statement select(impl_->file.database(), "SELECT count(*) FROM told WHERE owner = ? AND answered_day IS NULL");
        select.bind(owner);
        return select.step() ? select.integer(0) : 0;
    });
}

std::vector<Told> ToldBook::answered(const std::string& owner, std::size_t most) const {
    return impl_->file.locked([&] {
        Statement select(impl_->file.database(), std::string(k_select) +
                                                     R"(WHERE owner = ? AND answered_day IS NOT NULL
            ORDER BY answered_day DESC, told_id DESC LIMIT ?)");
        select.bind(owner, static_cast<std::int64_t>(most));
        return all_in(select);
    });
}

std::optional<Told> ToldBook::find(const std::string& owner, ToldKind kind, std::string_view ref) const {
    return impl_->file.locked([&] {
        Statement select(impl_->file.database(), std::string(k_select) + "WHERE owner = ? AND kind = ? AND ref = ?");
        select.bind(owner, code_of(kind), ref);
        return select.step() ? std::optional(told_in(select)) : std::nullopt;
    });
}

bool ToldBook::answer(std::int64_t id, const std::string& owner, Day today) {
    return impl_->file.written([&] {
        Database& database = impl_->file.database();
        Statement(database, R"(UPDATE told SET answered_day = ? WHERE told_id = ? AND owner = ?
            AND answered_day IS NULL)")
            .bind(number_of(today), id, owner)
            .run();
        return database.changes() == 1;
    });
}

std::int64_t ToldBook::forget_answered(Day today) {
    return impl_->file.locked([&]() -> std::int64_t {
        Database& database = impl_->file.database();
        const auto last_kept = number_of(today) - k_days_answered_stay;
        const bool some_are_due = [&] {
            Statement due(database, "SELECT 1 FROM told WHERE answered_day < ? LIMIT 1");
            return due.bind(last_kept).step();
        }();
        if (!some_are_due) {
            return 0;
        }
        Transaction transaction(database);
        Statement(database, "DELETE FROM told WHERE answered_day < ?").bind(last_kept).run();
        const auto gone = database.changes();
        transaction.commit();
        database.run("PRAGMA wal_checkpoint(TRUNCATE)"); // nor does it stay in the log of writes
        return gone;
    });
}

} // namespace shirube::directory
