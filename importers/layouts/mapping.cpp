#include "importers/layouts/mapping.hpp"

#include "importers/columns/row_cells.hpp"
#include "importers/files/input_file.hpp"
#include "importers/layouts/template.hpp"
#include "importers/resources/resources.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

using nlohmann::json;
using Words = std::map<std::string, std::string>;

struct Mapping {
    std::string profile = "mapping";
    Words columns;                                       ///< from the table's column to the template's field
    Words constants;                                     ///< fields that are the same in every row
    std::map<std::string, Words> values;                 ///< by the table's column: what a cell stands for
    std::map<std::string, std::set<std::string>> filter; ///< by the table's column: cells of rows that are wanted
};

std::unexpected<FileProblem> malformed(std::string_view where) {
    return std::unexpected(FileProblem{.code = "mapping_malformed", .a = std::string(where)});
}

std::optional<Words> words_of(const json& object) {
    if (!object.is_object()) {
        return std::nullopt;
    }
    Words words;
    for (const auto& [name, value] : object.items()) {
        if (!value.is_string()) {
            return std::nullopt;
        }
        words[name] = value.get<std::string>();
    }
    return words;
}

bool read_values(const json& object, Mapping& mapping) {
    if (!object.is_object()) {
        return false;
    }
    for (const auto& [column, value] : object.items()) {
        auto words = words_of(value);
        if (!words) {
            return false;
        }
        mapping.values[column] = std::move(*words);
    }
    return true;
}

bool read_filter(const json& object, Mapping& mapping) {
    if (!object.is_object()) {
        return false;
    }
    for (const auto& [column, wanted] : object.items()) {
        if (!wanted.is_array() || !std::ranges::all_of(wanted, [](const json& one) { return one.is_string(); })) {
            return false;
        }
        mapping.filter[column] = wanted.get<std::set<std::string>>();
    }
    return true;
}

bool read_member(const std::string& name, const json& value, Mapping& mapping) {
    if (name == "profile" && value.is_string()) {
        mapping.profile = value.get<std::string>();
        return !mapping.profile.empty();
    }
    if (name == "columns" || name == "constants") {
        auto words = words_of(value);
        if (words) {
            (name == "columns" ? mapping.columns : mapping.constants) = std::move(*words);
        }
        return words.has_value();
    }
    return name == "values" ? read_values(value, mapping) : name == "filter" && read_filter(value, mapping);
}

std::expected<Mapping, FileProblem> parse(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object()) {
        return malformed("JSON");
    }
    Mapping mapping;
    for (const auto& [name, value] : document.items()) {
        if (!read_member(name, value, mapping)) {
            return malformed(name);
        }
    }
    return mapping;
}

/// The table's columns under the template's names.
class MappedLayout final : public ResourceLayout {
  public:
    explicit MappedLayout(Mapping mapping) : mapping_(std::move(mapping)), inner_(make_template_layout()) {}

    [[nodiscard]] std::string_view profile() const override { return mapping_.profile; }

    /// Whether the template has all fields that are named, each once, and those it cannot do without are there.
    [[nodiscard]] std::optional<FileProblem> fault() const {
        std::vector<std::string> fields;
        for (const Words* words : {&mapping_.columns, &mapping_.constants}) {
            for (const auto& [name, value] : *words) {
                const std::string& field = words == &mapping_.columns ? value : name;
                if (inner_->fit(std::span(&field, 1)).known != 1 || std::ranges::find(fields, field) != fields.end()) {
                    return FileProblem{.code = "mapping_field_unknown", .a = field};
                }
                fields.push_back(field);
            }
        }
        const HeaderFit fit = inner_->fit(fields);
        if (!fit.missing.empty()) {
            return FileProblem{.code = "mapping_field_missing", .a = fmt::format("{}", fmt::join(fit.missing, ", "))};
        }
        return std::nullopt;
    }

    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        HeaderFit fit;
        std::set<std::string> wanted;
        for (const auto& [column, field] : mapping_.columns) {
            wanted.insert(column);
        }
        for (const auto& [column, values] : mapping_.filter) {
            wanted.insert(column);
        }
        for (const std::string& column : wanted) {
            if (std::ranges::find(header, column_key(column), column_key) == header.end()) {
                fit.missing.push_back(column);
            }
        }
        for (const std::string& column : header) {
            fit.understood.push_back(field_of(column, header));
            fit.known += fit.understood.back().empty() ? 0 : 1;
        }
        return fit;
    }

    [[nodiscard]] RowOutcome read(std::span<const std::string> header, const Record& record,
                                  const LayoutContext& context) const override {
        if (!is_wanted(header, record)) {
            RowOutcome outcome;
            outcome.bin = Bin::out_of_scope;
            return outcome;
        }
        std::vector<std::string> fields;
        Record mapped{.row = record.row, .cells = {}};
        std::vector<std::string> columns;
        for (std::size_t i = 0; i < header.size(); ++i) {
            std::string field = field_of(header[i], header);
            if (!field.empty()) {
                fields.push_back(std::move(field));
                columns.push_back(header[i]);
                mapped.cells.push_back(value_of(header[i], record.cells.at(i)));
            }
        }
        for (const auto& [field, value] : mapping_.constants) {
            fields.push_back(field);
            columns.emplace_back();
            mapped.cells.push_back(value);
        }
        RowOutcome outcome = inner_->read(fields, mapped, context);
        for (Issue& issue : outcome.issues) {
            const auto field = std::ranges::find(fields, issue.column);
            if (field != fields.end() && !columns[static_cast<std::size_t>(field - fields.begin())].empty()) {
                if (inner_->is_contact(issue.column)) {
                    issue.value.clear();
                }
                issue.column = columns[static_cast<std::size_t>(field - fields.begin())];
            }
        }
        return outcome;
    }

    [[nodiscard]] bool is_contact(std::string_view column) const override {
        const std::string field = field_of(column, {});
        return inner_->is_contact(column) || (!field.empty() && inner_->is_contact(field));
    }

    [[nodiscard]] std::vector<std::string> default_programmes() const override { return inner_->default_programmes(); }

  private:
    /// The field that a column becomes; a point's own position is one without being named, unless the mapping names
    /// other columns for it.
    [[nodiscard]] std::string field_of(std::string_view column, std::span<const std::string> header) const {
        const std::string key = column_key(column);
        const auto found =
            std::ranges::find_if(mapping_.columns, [&key](const auto& one) { return column_key(one.first) == key; });
        if (found != mapping_.columns.end()) {
            return found->second;
        }
        const std::string_view position = column == k_longitude_column  ? "経度"
                                          : column == k_latitude_column ? "緯度"
                                                                        : "";
        const bool is_named =
            std::ranges::any_of(mapping_.columns, [&](const auto& one) { return one.second == position; });
        return position.empty() || is_named || header.empty() ? std::string{} : std::string(position);
    }

    [[nodiscard]] std::string value_of(const std::string& column, const std::string& cell) const {
        const auto values = mapping_.values.find(column);
        if (values != mapping_.values.end()) {
            const auto value = values->second.find(cell);
            if (value != values->second.end()) {
                return value->second;
            }
        }
        return cell;
    }

    [[nodiscard]] bool is_wanted(std::span<const std::string> header, const Record& record) const {
        return std::ranges::all_of(mapping_.filter, [&](const auto& wanted) {
            const auto column = std::ranges::find(header, column_key(wanted.first), column_key);
            const auto at = static_cast<std::size_t>(column - header.begin());
            return at < record.cells.size() && wanted.second.contains(record.cells[at]);
        });
    }

    Mapping mapping_;
    std::unique_ptr<ResourceLayout> inner_;
};

} // namespace

bool is_mapping_name(std::string_view profile) { return profile.ends_with(".json"); }

std::expected<std::unique_ptr<ResourceLayout>, FileProblem> read_mapping(const std::filesystem::path& path,
                                                                         const Limits& limits) {
    const auto text = read_file(path, limits);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto mapping = parse(*text);
    if (!mapping) {
        return std::unexpected(in_file(std::move(mapping.error()), path));
    }
    auto layout = std::make_unique<MappedLayout>(std::move(*mapping));
    if (auto fault = layout->fault()) {
        return std::unexpected(in_file(std::move(*fault), path));
    }
    return layout;
}

} // namespace shirube::importers
