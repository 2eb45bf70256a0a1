#include "importers/columns/header_names.hpp"

#include "directory/fold.hpp"

#include <array>
#include <unordered_map>
#include <utility>

namespace shirube::importers {

namespace {

/// As published lists write a column, and the name it has in its layout. Only names that can mean nothing else stand
/// here: the table holds for every layout. Widths, blanks, underlines and brackets need no line of their own.
constexpr auto k_drift = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"所在地_連結標記", "所在地_連結表記"},
    {"所在地_連結表示", "所在地_連結表記"},
    {"所在地_番地以降", "所在地_番地以下"},
    {"建物名等", "建物名等(方書)"},
    {"建物名等(方書き)", "建物名等(方書)"},
    {"都道府県コードまたは市区町村コード", "都道府県コード又は市区町村コード"},
    {"名称_英語", "名称_英字"},
    {"許可等年月日", "認可等年月日"},
    {"認可年月日", "認可等年月日"},
    {"利用可能日時特記", "利用可能日時特記事項"},
    {"利用可能曜日特記事項", "利用可能日時特記事項"},
    {"受入れ年齢", "受入年齢"},
    {"受け入れ年齢", "受入年齢"},
    {"一時預りの有無", "一時預かりの有無"},
    {"一時預かり有無", "一時預かりの有無"},
    {"病児保育有無", "病児保育の有無"},
    // Our own template of visiting services counts helpers where others count places.
    {"訪問支援員数", "定員"},
});

std::string key_of(std::string_view header) {
    static const auto meant = [] {
        std::unordered_map<std::string, std::string> keys;
        for (const auto& [written, name] : k_drift) {
            keys.emplace(directory::fold(written), directory::fold(name));
        }
        return keys;
    }();
    std::string key = directory::fold(header);
    const auto found = meant.find(key);
    return found == meant.end() ? key : found->second;
}

} // namespace

std::string column_key(std::string_view header) {
    // Every row asks for the same few dozen names.
    constexpr std::size_t k_most_remembered = 4096;
    thread_local std::unordered_map<std::string, std::string> remembered;
    std::string name(header);
    const auto found = remembered.find(name);
    if (found != remembered.end()) {
        return found->second;
    }
    if (remembered.size() >= k_most_remembered) {
        remembered.clear();
    }
    std::string key = key_of(header);
    remembered.emplace(std::move(name), key);
    return key;
}

} // namespace shirube::importers
