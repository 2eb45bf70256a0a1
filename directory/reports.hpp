// What people who need no account say is wrong with a service, kept beside the store until somebody has looked:
// town.shirube → town.shirube.reports. Nothing of who wrote, no time finer than a day.
#pragma once

#include "directory/calendar.hpp"

#include <array>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// What is said to be wrong.
enum class ReportKind : std::uint8_t { closed_or_moved, hours, phone, place, audience, other };
inline constexpr std::array k_report_kinds{ReportKind::closed_or_moved, ReportKind::hours,    ReportKind::phone,
                                           ReportKind::place,           ReportKind::audience, ReportKind::other};
std::string_view code_of(ReportKind) noexcept;
std::optional<ReportKind> parse_report_kind(std::string_view) noexcept;

/// What came of it.
enum class ReportOutcome : std::uint8_t {
    corrected,     ///< it was wrong, and is mended where it is kept
    was_right,     ///< what the page says is so
    not_found_out, ///< nobody could tell
    spam
};
inline constexpr std::array k_report_outcomes{ReportOutcome::corrected, ReportOutcome::was_right,
                                              ReportOutcome::not_found_out, ReportOutcome::spam};
std::string_view code_of(ReportOutcome) noexcept;
std::optional<ReportOutcome> parse_report_outcome(std::string_view) noexcept;

inline constexpr std::size_t k_longest_report = 500;      ///< characters
inline constexpr std::size_t k_longest_report_note = 200; ///< characters
inline constexpr int k_days_done_reports_stay = 90;

/// One person's words on several lines: line ends and tabs are one kind each, other controls, invisible characters and
/// those that turn the direction of writing are gone, blanks at both ends too. UTF-8 whatever came.
std::string clean_report_text(std::string_view text);

/// Characters (code points) of UTF-8.
std::size_t characters_in(std::string_view text) noexcept;

struct NewReport {
    std::string service; ///< public id
    std::string owner;   ///< see owner_of(); empty where nobody knows whose it is
    std::string edition;
    Day day{};
    ReportKind kind = ReportKind::other;
    std::string text; ///< of clean_report_text(), at most k_longest_report characters
};

struct Report {
    std::int64_t id = 0;
    NewReport said;
    std::optional<ReportOutcome> outcome; ///< empty: open
    std::string note;
    std::optional<Day> done_on;
};

/// How many of a year came to what, of those whose text is gone.
struct PastReports {
    int year = 0;
    ReportKind kind = ReportKind::other;
    ReportOutcome outcome = ReportOutcome::spam;
    std::int64_t count = 0;
};

struct ReportLimits {
    std::int64_t open_of_service_a_day = 10; ///< written on one day, not looked at yet
    std::int64_t open_in_all = 5'000;
};

/// Why a report is not taken.
enum class ReportRefusal : std::uint8_t { service_full, all_full };

/// A sentence a person can act on, and a stable code: reports_missing, reports_foreign, reports_newer, reports_busy,
/// reports_full, reports_damaged, reports_read_only, reports_failed.
class ReportsError : public std::runtime_error {
  public:
    ReportsError(std::string code, const std::string& sentence)
        : std::runtime_error(sentence), code_(std::move(code)) {}
    [[nodiscard]] const std::string& code() const noexcept { return code_; }

  private:
    std::string code_;
};

std::filesystem::path reports_beside(const std::filesystem::path& store);

/// Safe from any thread. All of it \throws ReportsError
class Reports {
  public:
    static Reports open(const std::filesystem::path& path);
    /// Makes the file, which its owner alone may read, where it does not exist.
    static Reports open_or_create(const std::filesystem::path& path);
    Reports(Reports&&) noexcept;
    Reports& operator=(Reports&&) noexcept;
    ~Reports();

    /// \returns the number it is kept under
    std::expected<std::int64_t, ReportRefusal> add(const NewReport& report, const ReportLimits& limits = {});

    /// The newest first. \param owner whose; empty optional: everybody's
    [[nodiscard]] std::vector<Report> open_ones(const std::optional<std::string>& owner, std::size_t most) const;
    [[nodiscard]] std::int64_t count_open(const std::optional<std::string>& owner) const;
    /// Those that were done, the last done first.
    [[nodiscard]] std::vector<Report> done_ones(const std::string& owner, std::size_t most) const;
    [[nodiscard]] std::vector<PastReports> past(const std::string& owner) const;

    /// Closes one of an owner's open reports. False where there is none of that number: of another owner or done
    /// already is the same. \param note cleaned and cut
    bool close(std::int64_t id, const std::string& owner, ReportOutcome outcome, std::string_view note, Day today);

    /// Deletes what was done more than k_days_done_reports_stay days ago; counts are left. \returns how many went
    std::int64_t forget_done(Day today);

  private:
    struct Impl;
    explicit Reports(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace shirube::directory
