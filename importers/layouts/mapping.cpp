#include "importers/layouts/mapping.hpp"

#include "importers/columns/header_names.hpp"
#include "importers/files/input_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace shirube::importers {

namespace {

using nlohmann::json;
using Words = Mapping::Words;

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
    if ((name == "profile" || name == "layer") && value.is_string()) {
        std::string& text = name == "profile" ? mapping.profile : mapping.layer;
        text = value.get<std::string>();
        return !text.empty();
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

/// The entry of a table's column, whatever widths and blanks its name is written in.
template <class Entries>
auto entry_of(const Entries& entries, std::string_view column) {
    const std::string key = column_key(column);
    return std::ranges::find_if(entries, [&key](const auto& one) { return column_key(one.first) == key; });
}

} // namespace

std::string_view Mapping::column_of(std::string_view field) const {
    const std::string key = column_key(field);
    const auto found = std::ranges::find_if(columns, [&key](const auto& one) { return column_key(one.second) == key; });
    return found == columns.end() ? std::string_view{} : std::string_view(found->first);
}

std::string_view Mapping::field_of(std::string_view column) const {
    const auto found = entry_of(columns, column);
    return found == columns.end() ? std::string_view{} : std::string_view(found->second);
}

std::string_view Mapping::constant_of(std::string_view field) const {
    const auto found = entry_of(constants, field);
    return found == constants.end() ? std::string_view{} : std::string_view(found->second);
}

std::string_view Mapping::value_of(std::string_view column, std::string_view cell) const {
    const auto of_column = entry_of(values, column);
    if (of_column != values.end()) {
        const auto value = of_column->second.find(std::string(cell));
        if (value != of_column->second.end()) {
            return value->second;
        }
    }
    return cell;
}

bool Mapping::is_wanted(std::span<const std::string> header, std::span<const std::string> cells) const {
    return std::ranges::all_of(filter, [&](const auto& wanted) {
        const auto column = std::ranges::find(header, column_key(wanted.first), column_key);
        const auto at = static_cast<std::size_t>(column - header.begin());
        return at < cells.size() && wanted.second.contains(cells[at]);
    });
}

std::vector<std::string> Mapping::missing(std::span<const std::string> header) const {
    std::set<std::string> wanted;
    for (const auto& [column, field] : columns) {
        wanted.insert(column);
    }
    for (const auto& [column, cells] : filter) {
        wanted.insert(column);
    }
    std::vector<std::string> missing;
    for (const std::string& column : wanted) {
        if (std::ranges::find(header, column_key(column), column_key) == header.end()) {
            missing.push_back(column);
        }
    }
    return missing;
}

std::optional<FileProblem> Mapping::misfit(std::span<const std::string> header) const {
    const auto without = missing(header);
    if (without.empty()) {
        return std::nullopt;
    }
    return FileProblem{.code = "profile_misfits", .a = profile, .b = fmt::format("{}", fmt::join(without, ", "))};
}

std::optional<FileProblem> Mapping::fault(const std::function<HeaderFit(std::span<const std::string>)>& fit) const {
    std::vector<std::string> fields;
    for (const Words* words : {&columns, &constants}) {
        for (const auto& [name, value] : *words) {
            const std::string& field = words == &columns ? value : name;
            if (fit(std::span(&field, 1)).known != 1 || std::ranges::find(fields, field) != fields.end()) {
                return FileProblem{.code = "mapping_field_unknown", .a = field};
            }
            fields.push_back(field);
        }
    }
    const HeaderFit all = fit(fields);
    if (!all.missing.empty()) {
        return FileProblem{.code = "mapping_field_missing", .a = fmt::format("{}", fmt::join(all.missing, ", "))};
    }
    return std::nullopt;
}

bool is_mapping_name(std::string_view profile) { return profile.ends_with(".json"); }

std::expected<Mapping, FileProblem> read_mapping(const std::filesystem::path& path, const Limits& limits) {
    const auto text = read_file(path, limits);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto mapping = parse(*text);
    if (!mapping) {
        return std::unexpected(in_file(std::move(mapping.error()), path));
    }
    return mapping;
}

} // namespace shirube::importers
