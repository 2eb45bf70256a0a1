#include "server/staff/desk/file/turned_away.hpp"

#include <algorithm>
#include <utility>

namespace shirube::server {

FilePreview turned_away_of(const FilePreview& preview) {
    FilePreview left;
    for (const PreviewTable& table : preview.tables) {
        left.tables.push_back(
            {.member = table.member, .sheet = table.sheet, .profile = table.profile, .columns = table.columns});
    }
    for (const PreviewRow& row : preview.shown) {
        if (row.fate != RowFate::rejected) {
            continue;
        }
        if (left.shown.size() == k_most_turned_away) {
            break;
        }
        PreviewRow kept{.table = row.table, .row = row.row, .fate = row.fate, .problems = row.problems};
        if (std::ranges::none_of(row.problems, &CellProblem::is_of_people)) {
            kept.name = row.name;
        } else {
            for (CellProblem& problem : kept.problems) {
                problem.value.clear();
            }
        }
        left.shown.push_back(std::move(kept));
    }
    return left;
}

} // namespace shirube::server
