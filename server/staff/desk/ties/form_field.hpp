// A field of a form that is told by itself what is wrong with it: its words, its value, and the sentence at it.
#pragma once

#include "server/pages/templates.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::server {

enum class FieldShape : std::uint8_t { text, name, number, day, choice };

struct FormField {
    std::string_view name;   ///< in the form
    std::string_view column; ///< of the row that it is written into
    std::string_view label;  ///< a text of the interface
    std::string_view hint{}; ///< another; empty: none
    FieldShape shape = FieldShape::text;
    std::size_t most = 0; ///< characters; 0: a choice or a day
};

/// What is wrong, by the field's name: sentences in the language of the page.
using Faults = std::map<std::string, std::string, std::less<>>;

/// Values as they are sent and as they are read, in order.
using FieldOptions = std::vector<std::pair<std::string, std::string>>;

/// Fills templates/staff-desk-field.html.
/// \param at makes the labels of several forms of one page their own
/// \param options of a choice \param names the id of the datalist of names that are known
void fill_field(View view, const FormField& field, std::string_view at, std::string_view value,
                const FieldOptions& options, std::string_view names, const Faults& faults);

/// What was typed, on one line and without what nobody sees.
std::string line_of(std::string_view text);

/// Where more was typed than the field takes: the sentence.
void check_length(const FormField& field, const std::string& value, const Texts& texts, Faults& faults);

/// Not a day, or one of another age: the sentence.
void check_day(const FormField& field, const std::string& value, const Texts& texts, Faults& faults);

} // namespace shirube::server
