#include "server/staff/desk/file/unread_columns.hpp"

#include "directory/fold.hpp"
#include "directory/linking/code_points.hpp"
#include "directory/linking/place_name.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/relations/relation_row.hpp"
#include "importers/relations/relations.hpp"
#include "importers/templates/list_templates.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>

namespace shirube::server {

namespace {

/// How the layout of a profile understands a header; of a profile that is no layout it understands nothing.
importers::HeaderFit fit_under(std::string_view profile, std::span<const std::string> header) {
    if (profile == importers::k_relations_profile) {
        return importers::fit_relations(header);
    }
    if (profile == importers::k_forums_profile) {
        return importers::fit_forums(header);
    }
    for (const auto& layout : importers::resource_layouts()) {
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
    for (const auto& of : importers::list_templates()) {
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

/// One that is at most two letters away, and in half of its letters the same.
std::string nearest_to(std::string_view written, const std::set<std::string>& read,
                       const std::vector<std::string>& understood) {
    constexpr double k_least = 0.5;
    constexpr double k_most_letters = 2.0;
    const auto wanted = directory::code_points_of(directory::fold(written));
    std::string nearest;
    double most = 0;
    for (const auto& name : read) {
        if (std::ranges::find(understood, name) != understood.end()) {
            continue;
        }
        const auto letters = directory::code_points_of(directory::fold(name));
        const double like = directory::likeness(wanted, letters);
        const auto longer = static_cast<double>(std::max(wanted.size(), letters.size()));
        constexpr double k_rounding = 1e-6;
        if (like >= k_least && (1 - like) * longer <= k_most_letters + k_rounding && like > most) {
            most = like;
            nearest = name;
        }
    }
    return nearest;
}

} // namespace

std::vector<UnreadColumn> unread_columns(const PreviewTable& table) {
    std::vector<UnreadColumn> unread;
    const auto columns = columns_of_templates(table.profile);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const bool is_read = i < table.understood.size() && !table.understood[i].empty();
        if (!is_read && !table.columns[i].empty() && !columns.unread.contains(table.columns[i])) {
            unread.push_back({i, nearest_to(table.columns[i], columns.read, table.understood)});
        }
    }
    return unread;
}

} // namespace shirube::server
