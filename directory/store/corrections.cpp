// Corrections by hand as a steward asks for them: which were decided, and which of them do nothing.
#include "directory/store/connection.hpp"
#include "directory/store/derive/corrections_in_force.hpp"
#include "directory/store/former_ids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace shirube::directory {

namespace {

/// Every correction in force with where it is written.
constexpr std::string_view k_select = R"(
    SELECT r.reading, l.name, m.file, m.sheet, m.row_number FROM correction c JOIN source_row r USING (row_id)
        JOIN list l ON l.list_id = c.list_id JOIN current_edition f ON f.list_id = c.list_id
        JOIN edition_row m ON m.import_id = f.import_id AND m.list_id = f.list_id AND m.row_id = c.row_id
    ORDER BY l.name, m.file, m.sheet, m.row_number)";

WrittenCorrection written_at(const Statement& row) {
    WrittenCorrection written;
    written.correction = read_as<CorrectionReading>(row.text(0));
    written.list = row.text(1);
    written.file = row.text(2);
    written.sheet = row.text(3);
    written.row = row.integer(4);
    return written;
}

/// Whether two places are at one site now; empty where one of them is not there.
std::optional<bool> are_one(const std::vector<StandingPlace>& a, const std::vector<StandingPlace>& b) {
    if (a.empty() || b.empty()) {
        return std::nullopt;
    }
    return std::ranges::any_of(a, [&](const StandingPlace& left) {
        return std::ranges::any_of(b, [&](const StandingPlace& right) { return left.site_id == right.site_id; });
    });
}

/// Where an id leads that is no longer a place's or a service's own.
std::string leads_to(const std::vector<MovedId>& moved, const std::string& id) {
    const auto found = std::ranges::lower_bound(moved, id, {}, &MovedId::id);
    return found != moved.end() && found->id == id ? found->to : std::string{};
}

} // namespace

std::vector<LostCorrection> Store::lost_corrections() const {
    Database& database = impl_->database;
    std::vector<LostCorrection> lost;
    StandingPlaces places(database);
    std::optional<std::vector<MovedId>> moved;
    const auto missing = [&](const WrittenCorrection& written, const std::string& id) {
        if (!moved) {
            moved = read_moved_ids(database);
        }
        lost.push_back({written, LostCorrection::Why::target_missing, id, leads_to(*moved, id)});
    };
    Statement select(database, k_select);
    while (select.step()) {
        const auto written = written_at(select);
        const auto& correction = written.correction;
        const auto target = places.of(correction.target);
        if (target.empty()) {
            missing(written, correction.target);
        } else if (correction.is_decision()) {
            const auto other = places.of(correction.other);
            if (other.empty()) {
                missing(written, correction.other);
            } else if (are_one(target, other) != correction.same) {
                lost.push_back({written, LostCorrection::Why::contradicted, correction.target, {}});
            }
        }
    }
    return lost;
}

std::string Store::stated_as(const std::string& public_id) const {
    const auto places = StandingPlaces(impl_->database).of(public_id);
    return places.empty() ? std::string{} : fmt::format("{} {}", places.front().name, places.front().address);
}

std::vector<WrittenCorrection> Store::corrections() const {
    Statement select(impl_->database, k_select);
    std::vector<WrittenCorrection> corrections;
    while (select.step()) {
        corrections.push_back(written_at(select));
    }
    return corrections;
}

} // namespace shirube::directory
