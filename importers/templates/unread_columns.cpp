#include "importers/templates/unread_columns.hpp"

#include "directory/linking/near_names.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/relations/relation_row.hpp"
#include "importers/relations/relations.hpp"
#include "importers/templates/list_templates.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace shirube::importers {

namespace {

/// How the layout of a profile understands a header; of a profile that is no layout it understands nothing.
HeaderFit fit_under(std::string_view profile, std::span<const std::string> header) {
    if (profile == k_relations_profile) {
        return fit_relations(header);
    }
    if (profile == k_forums_profile) {
        return fit_forums(header);
    }
    for (const auto& layout : resource_layouts()) {
        if (layout->profile() == profile) {
            return layout->fit(header);
        }
    }
    return {};
}

/// Columns of the templates under a layout.
struct TemplateColumns {
    std::set<std::string> read;   ///< by the field
    std::set<std::string> unread; ///< of templates that are of this layout
};

TemplateColumns columns_of_templates(std::string_view profile) {
    TemplateColumns columns;
    for (const auto& of : list_templates()) {
        const auto fit = fit_under(profile, of.columns);
        for (std::size_t i = 0; i < fit.understood.size(); ++i) {
            if (!fit.understood[i].empty()) {
                columns.read.insert(fit.understood[i]);
            } else if (fit.missing.empty()) {
                columns.unread.insert(of.columns[i]);
            }
        }
    }
    return columns;
}

/// Columns that the table does not have yet.
directory::NearNames still_missing(const std::set<std::string>& read, std::span<const std::string> understood) {
    std::vector<std::string> names;
    std::ranges::copy_if(read, std::back_inserter(names), [&](const std::string& name) {
        return std::ranges::find(understood, name) == understood.end();
    });
    // 開催日 is no 開始日, and whoever follows a wrong hint fills a column that is read as something else.
    constexpr double k_alike = 0.7;
    return directory::NearNames(std::move(names), k_alike);
}

} // namespace

std::vector<UnreadColumn> unread_columns(std::string_view profile, std::span<const std::string> columns,
                                         std::span<const std::string> understood) {
    std::vector<UnreadColumn> unread;
    std::optional<TemplateColumns> templates; // most tables are read whole
    std::optional<directory::NearNames> missing;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool is_read = i < understood.size() && !understood[i].empty();
        if (is_read || columns[i].empty()) {
            continue;
        }
        if (!templates) {
            templates = columns_of_templates(profile);
            missing = still_missing(templates->read, understood);
        }
        if (!templates->unread.contains(columns[i])) {
            unread.push_back({i, missing->nearest(columns[i]).value_or("")});
        }
    }
    return unread;
}

void note_misnamed_columns(std::string_view profile, std::span<const std::string> columns,
                           std::span<const std::string> understood, Intake& intake) {
    for (const auto& unread : unread_columns(profile, columns, understood)) {
        if (!unread.nearest.empty()) {
            const std::string& name = columns[unread.column];
            intake.note("column_misnamed", {.column = name}, name, unread.nearest);
        }
    }
}

} // namespace shirube::importers
