#include "directory/reports.hpp"

#include "directory/own_file/own_file.hpp"
#include "directory/store/sqlite.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::int64_t k_application_id = 0x53485250; // "SHRP"

std::int64_t number_of(Day day) { return day.time_since_epoch().count(); }
Day day_of(std::int64_t number) { return Day{std::chrono::days{number}}; }

std::int64_t one_number(Database& database, std::string_view sql) {
    Statement statement(database, sql);
    return statement.step() ? statement.integer(0) : 0;
}

ReportsError error_of(const OwnFileProblem& problem, const std::filesystem::path& path) {
    const auto say = [&path](const char* code, std::string_view en, std::string_view ja) {
        return ReportsError(code, fmt::format("{}: {} / {}", path.string(), en, ja));
    };
    switch (problem.trouble) {
        case OwnFileTrouble::missing:
            return say("reports_missing", "nobody has reported anything yet.", "まだ報告はありません。");
        case OwnFileTrouble::not_made:
            return say("reports_read_only", fmt::format("the file cannot be made ({}).", problem.detail),
                       "報告のファイルを作れません。フォルダーと権限を確かめてください。");
        case OwnFileTrouble::foreign:
            return say("reports_foreign", "this is no file of reports. Move it away.",
                       "報告のファイルではありません。別の場所へ移してください。");
        case OwnFileTrouble::newer:
            return say("reports_newer", "it was written by a newer shirube. Use that one.",
                       "新しい版の shirube で作られています。プログラムを新しくしてください。");
        case OwnFileTrouble::busy:
            return say("reports_busy", "somebody else is writing to the reports. Try again; nothing was changed.",
                       "報告のファイルに書き込み中です。やり直してください。変更はありません。");
        case OwnFileTrouble::full:
            return say("reports_full", "the disk is full. Free some space; the reports are as they were.",
                       "ディスクの空きがありません。空きを作ってください。報告は元のままです。");
        case OwnFileTrouble::damaged:
            return say("reports_damaged", "the file of reports is damaged. Restore it from a backup, or move it away.",
                       "報告のファイルが壊れています。控えから戻すか、別の場所へ移してください。");
        case OwnFileTrouble::read_only:
            return say("reports_read_only",
                       "the reports cannot be opened or written by this user. Check the permissions of the file and "
                       "its folder.",
                       "この利用者では報告のファイルを開けないか、書き込めません。ファイルとフォルダーの権限を確かめて"
                       "ください。");
        case OwnFileTrouble::io:
        case OwnFileTrouble::other:
            break;
    }
    return {"reports_failed", problem.detail};
}

const OwnFileKind& kind_of_reports_file() {
    static const OwnFileKind kind{"reports/", k_application_id,
                                  [](const OwnFileProblem& problem, const std::filesystem::path& path) {
                                      return std::make_exception_ptr(error_of(problem, path));
                                  }};
    return kind;
}

constexpr std::string_view k_select =
    R"(SELECT report_id, service, owner, edition, day, kind, text, outcome, note, done_day
    FROM report )";

Report report_in(const Statement& row) {
    Report report;
    report.id = row.integer(0);
    report.said = {.service = std::string(row.text(1)),
                   .owner = std::string(row.text(2)),
                   .edition = std::string(row.text(3)),
                   .day = day_of(row.integer(4)),
                   .kind = parse_report_kind(row.text(5)).value_or(ReportKind::other),
                   .text = std::string(row.text(6))};
    report.outcome = parse_report_outcome(row.text(7));
    report.note = row.text(8);
    if (const auto done = row.maybe_integer(9)) {
        report.done_on = day_of(*done);
    }
    return report;
}

std::vector<Report> reports_of(Statement& select) {
    std::vector<Report> reports;
    while (select.step()) {
        reports.push_back(report_in(select));
    }
    return reports;
}

std::string cut(std::string text, std::size_t most_characters) {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U;
        if (begins && taken++ == most_characters) {
            text.resize(i);
            break;
        }
    }
    return text;
}

} // namespace

struct Reports::Impl {
    Impl(const std::filesystem::path& of, OwnFileWanted wanted) : file(of, kind_of_reports_file(), wanted) {}

    template <class Work>
    auto locked(Work&& work) {
        return file.locked(std::forward<Work>(work));
    }

    OwnFile file;
};

std::filesystem::path reports_beside(const std::filesystem::path& store) { return own_file_beside(store, "reports"); }

Reports::Reports(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reports::Reports(Reports&&) noexcept = default;
Reports& Reports::operator=(Reports&&) noexcept = default;
Reports::~Reports() = default;

Reports Reports::open(const std::filesystem::path& path) {
    return Reports(std::make_unique<Impl>(path, OwnFileWanted::existing));
}

Reports Reports::open_or_create(const std::filesystem::path& path) {
    return Reports(std::make_unique<Impl>(path, OwnFileWanted::made_if_missing));
}

std::expected<std::int64_t, ReportRefusal> Reports::add(const NewReport& report, const ReportLimits& limits) {
    assert(characters_in(report.text) <= k_longest_report);
    return impl_->locked([&]() -> std::expected<std::int64_t, ReportRefusal> {
        Database& database = impl_->file.database();
        Transaction transaction(database); // two that come together are counted one after the other
        if (one_number(database, "SELECT count(*) FROM report WHERE outcome IS NULL") >= limits.open_in_all) {
            return std::unexpected(ReportRefusal::all_full);
        }
        Statement of_service(database, "SELECT count(*) FROM report WHERE outcome IS NULL AND service = ? AND day = ?");
        of_service.bind(report.service, number_of(report.day));
        if (of_service.step() && of_service.integer(0) >= limits.open_of_service_a_day) {
            return std::unexpected(ReportRefusal::service_full);
        }
        Statement(database, "INSERT INTO report (service, owner, edition, day, kind, text) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(report.service, report.owner, report.edition, number_of(report.day), code_of(report.kind),
                  report.text)
            .run();
        const auto id = database.last_insert_id();
        transaction.commit();
        return id;
    });
}

std::vector<Report> Reports::open_ones(const std::optional<std::string>& owner, std::size_t most) const {
    return impl_->locked([&] {
        Statement select(impl_->file.database(),
                         std::string(k_select) + R"(WHERE outcome IS NULL AND (?1 IS NULL OR owner = ?1)
            ORDER BY report_id DESC LIMIT ?2)");
        select.bind(owner, static_cast<std::int64_t>(most));
        return reports_of(select);
    });
}

std::int64_t Reports::count_open(const std::optional<std::string>& owner) const {
    return impl_->locked([&] {
        Statement select(impl_->file.database(),
                         "SELECT count(*) FROM report WHERE outcome IS NULL AND (?1 IS NULL OR owner = ?1)");
        select.bind(owner);
        return select.step() ? select.integer(0) : 0;
    });
}

std::vector<Report> Reports::done_ones(const std::string& owner, std::size_t most) const {
    return impl_->locked([&] {
        Statement select(impl_->file.database(), std::string(k_select) + R"(WHERE outcome IS NOT NULL AND owner = ?
            ORDER BY done_day DESC, report_id DESC LIMIT ?)");
        select.bind(owner, static_cast<std::int64_t>(most));
        return reports_of(select);
    });
}

std::vector<PastReports> Reports::past(const std::string& owner) const {
    return impl_->locked([&] {
        Statement select(impl_->file.database(), R"(SELECT year, kind, outcome, count FROM past WHERE owner = ?
            ORDER BY year DESC, kind, outcome)");
        select.bind(owner);
        std::vector<PastReports> past;
        while (select.step()) {
            past.push_back({.year = static_cast<int>(select.integer(0)),
                            .kind = parse_report_kind(select.text(1)).value_or(ReportKind::other),
                            .outcome = parse_report_outcome(select.text(2)).value_or(ReportOutcome::spam),
                            .count = select.integer(3)});
        }
        return past;
    });
}

bool Reports::close(std::int64_t id, const std::string& owner, ReportOutcome outcome, std::string_view note,
                    Day today) {
    return impl_->locked([&] {
        Database& database = impl_->file.database();
        Transaction transaction(database);
        Statement(database, R"(UPDATE report SET outcome = ?, note = ?, done_day = ?
            WHERE report_id = ? AND owner = ? AND outcome IS NULL)")
            .bind(code_of(outcome), cut(clean_report_text(note), k_longest_report_note), number_of(today), id, owner)
            .run();
        const bool changed = database.changes() == 1;
        transaction.commit();
        return changed;
    });
}

std::int64_t Reports::forget_done(Day today) {
    return impl_->locked([&]() -> std::int64_t {
        Database& database = impl_->file.database();
        const auto last_kept = number_of(today) - k_days_done_reports_stay;
        const bool some_are_due = [&] {
            Statement due(database, "SELECT 1 FROM report WHERE outcome IS NOT NULL AND done_day < ? LIMIT 1");
            return due.bind(last_kept).step();
        }();
        if (!some_are_due) {
            return 0;
        }
        Transaction transaction(database);
        Statement(database, R"(INSERT INTO past (owner, year, kind, outcome, count)
            SELECT owner, CAST(strftime('%Y', day * 86400, 'unixepoch') AS INTEGER), kind, outcome, count(*) FROM report
            WHERE outcome IS NOT NULL AND done_day < ? GROUP BY 1, 2, 3, 4
            ON CONFLICT (owner, year, kind, outcome) DO UPDATE SET count = past.count + excluded.count)")
            .bind(last_kept)
            .run();
        Statement(database, "DELETE FROM report WHERE outcome IS NOT NULL AND done_day < ?").bind(last_kept).run();
        const auto gone = database.changes();
        transaction.commit();
        database.run("PRAGMA wal_checkpoint(TRUNCATE)"); // nor does it stay in the log of writes
        return gone;
    });
}

} // namespace shirube::directory
