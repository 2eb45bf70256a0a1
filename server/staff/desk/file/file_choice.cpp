#include "server/staff/desk/file/file_choice.hpp"

#include "directory/calendar.hpp"
#include "directory/desk/page_lists.hpp"
#include "server/staff/staff_call.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

constexpr std::size_t k_most = 200; ///< characters of a field; see maxlength in the template

constexpr std::array<std::pair<Extent, std::string_view>, 3> k_extents{
    {{Extent::as_before, "before"}, {Extent::partial, "partial"}, {Extent::complete, "complete"}}};

std::string trimmed_field(const Query& fields, std::string_view name) {
    return std::string{without_blanks(field_of(fields, name))};
}

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool is_line(std::string_view text) {
    return letters(text) <= k_most &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

} // namespace

std::expected<FileChoice, std::string_view> read_file_choice(const Query& fields) {
    FileChoice choice;
    choice.as_of = trimmed_field(fields, "as_of");
    if (!choice.as_of.empty() && !directory::parse_day(choice.as_of)) {
        return std::unexpected("file.as_of_wrong");
    }
    choice.source = trimmed_field(fields, "source");
    choice.licence = trimmed_field(fields, "licence");
    choice.list = trimmed_field(fields, "list");
    choice.new_list = choice.list.empty() ? trimmed_field(fields, "new_list") : std::string{};
    for (const auto* text : {&choice.source, &choice.licence, &choice.list, &choice.new_list}) {
        if (!is_line(*text)) {
            return std::unexpected("file.field_too_long");
        }
    }
    if (directory::is_page_list(choice.new_list)) {
        return std::unexpected("file.fault_list_name_reserved");
    }
    const auto extent = field_of(fields, "extent");
    const auto* const known = std::ranges::find(k_extents, extent, &decltype(k_extents)::value_type::second);
    choice.extent = known == k_extents.end() ? Extent::as_before : known->first;
    return choice;
}

void fill_file_choice(View form, const FileChoice& choice) {
    form.set("AS_OF", choice.as_of);
    form.set("SOURCE", choice.source);
    form.set("LICENCE", choice.licence);
    for (const auto& [extent, value] : k_extents) {
        View option = form.section("EXTENT_OPTION");
        option.set("VALUE", value);
        option.set("WORDS", form.texts().get("file.extent_" + std::string(value)));
        option.show_if(extent == choice.extent, "CHOSEN");
    }
}

void fill_file_choice(View form, const FilePreview& preview) {
    const auto& choice = preview.choice;
    fill_file_choice(form, choice);
    if (preview.found == ListFound::separate) {
        return;
    }
    const bool is_unsure = preview.found == ListFound::unsure;
    View which = form.section("WHICH");
    which.show(is_unsure ? "TO_CHOOSE" : "NEW");
    for (const auto& name : preview.candidates) {
        View option = which.section("LIST_OPTION");
        option.set("NAME", name);
        option.show_if(!is_unsure && name == choice.list, "CHOSEN");
    }
    which.set("NEW_LIST", is_unsure ? std::string{} : choice.new_list);
    if (is_unsure) {
        which.section("NAME_HINT").set("EXAMPLE", choice.new_list);
    }
}

} // namespace shirube::server
