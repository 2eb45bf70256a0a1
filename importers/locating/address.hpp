// Addresses taken apart: prefecture, municipality, town, numbers. Written forms differ more than places do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// What stands before the municipality, and the rest. A postal code (〒123-4567) is passed over.
struct AddressHead {
    std::string prefecture; ///< "東京都"; empty where not stated
    std::string rest;       ///< what follows, as written
};

/// Splits a prefecture off the front (the 47, and any name of three letters at most that ends in 県: invented towns).
AddressHead split_prefecture(std::string_view address);

/// The municipality an address begins with by its form alone ("青梅市", "千葉市中央区", "西多摩郡日の出町"); empty
/// where it begins with none. For addresses of places no gazetteer knows.
std::string leading_municipality(std::string_view address_without_prefecture);

/// An address for comparing: a postal code, white space, line breaks, reference marks and remarks in brackets gone,
/// building names behind a blank after the numbers cut, counters by directory::with_arabic_counters(), then
/// directory::fold_address. "町目" is read as "丁目", "1ノ2" as "1-2".
std::string address_key(std::string_view address);

/// What stands behind the street names of a Kyoto address, up to the last "上る", "下る", "東入" or "西入": its
/// town. Empty where the key has none of them.
std::string_view behind_street_names(std::string_view key);

/// The digits an address key begins with, and whether 丁目 follows; nothing where it begins with none.
struct LeadingNumber {
    int value = 0;
    bool is_chome = false; ///< 丁目 is written out
    std::size_t bytes = 0; ///< of the digits and the 丁目
};
std::optional<LeadingNumber> leading_number(std::string_view key);

/// Bytes of the letter that a lot's number begins with in an address key ("甲12", "い3"); 0 where it has none.
std::size_t lot_letter_bytes(std::string_view key);

/// Whether what follows a town's name in an address key belongs to the address and not to a longer name: nothing, a
/// number, a lettered lot (甲12, イ3), 字, 番地, or a word like 周辺, 付近, 地内, 他.
bool may_follow_town(std::string_view rest_of_key);

} // namespace shirube::importers
