#include "importers/cleaning/protected_names.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace shirube::importers {

bool names_protected_place(std::string_view name) {
    // 児童福祉法第38条; 困難な問題を抱える女性への支援に関する法律第9条・第12条; 配偶者暴力防止法第3条; and what these
    // places were called before 2024 (売春防止法第34条・第36条).
    static const std::vector<std::string> k_words = [] {
        std::vector<std::string> folded;
        for (const std::string_view word :
             {"母子生活支援施設", "母子寮",     "母子ホーム",           "女性自立支援施設", "婦人保護施設",
              "婦人保護",         "女性保護",   "女性相談支援センター", "婦人相談所",       "女性相談センター",
              "女性相談支援員",   "婦人相談員", "シェルター",           "配偶者暴力",       "DV相談",
              "DV被害",           "DV防止",     "DVセンター",           "ステップハウス",   "一時保護所"}) {
            folded.push_back(directory::fold(word));
        }
        return folded;
    }();
    const std::string text = directory::fold(name);
    return std::ranges::any_of(k_words, [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

} // namespace shirube::importers
