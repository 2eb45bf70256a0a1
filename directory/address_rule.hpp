// Which addresses belong to a district, as the tables of school districts say it: a town (町字), all of it or a part by
// its numbers. Where such a rule speaks of an address it goes before any border on a map.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

enum class Parity : std::uint8_t { any, odd, even };

/// Numbers (番, 番地) of a town, both ends included.
struct NumberRange {
    int from = 0;
    std::optional<int> to; ///< empty: and over
    Parity parity = Parity::any;

    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

struct AddressRule {
    std::string municipality; ///< 5 digits
    std::string town;         ///< the town's key without its 丁目, see town_key()
    std::optional<int> chome;
    std::vector<NumberRange> numbers; ///< empty: the whole town
    bool all_but = false;             ///< the numbers are those that do not belong
    bool understood = true;           ///< false: a part of the town, nobody can say which
    std::string text;                 ///< as written

    friend bool operator==(const AddressRule&, const AddressRule&) = default;
};

/// A town's name for comparing, and its 丁目.
struct TownKey {
    std::string name;
    std::optional<int> chome;
};
/// "港町三丁目" → {港町, 3}; "大字北山" → {北山}.
TownKey town_key(std::string_view town);

/// What an address says behind its town's name: the 丁目 or the first number, then the rest.
struct AddressTail {
    std::vector<int> numbers;        ///< "1丁目2番3号" → 1, 2, 3
    bool chome_written = false;      ///< the first of them is a 丁目 in so many words
    bool between_is_unknown = false; ///< something else (a 字) stands before the numbers
};

/// How an address lies to a rule.
enum class RuleFit : std::uint8_t { outside, possibly, surely };

/// \param town_has_chome whether any rule of this town names a 丁目: then a bare first number is one
RuleFit fit_of(const AddressRule& rule, const AddressTail& tail, bool town_has_chome);

/// The tail of an address key (fold_address) behind its town; nothing where what follows belongs to a longer name.
std::optional<AddressTail> address_tail(std::string_view rest_of_key);

/// A school's name for comparing lists: folded, without who founded it, 小 and 中 written out.
/// "千代田区立麹町中" and "麹町中学校" are one.
std::string school_name_key(std::string_view name);

void to_json(nlohmann::json& out, const AddressRule& rule);
void from_json(const nlohmann::json& in, AddressRule& rule);

} // namespace shirube::directory
