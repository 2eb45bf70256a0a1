#include "directory/coverage/presence.hpp"

namespace shirube::directory {

namespace {

struct PresenceWords {
    std::string_view code;
    Label label;
};

const PresenceWords& words_of(Presence presence) {
    static const std::array<PresenceWords, k_presences.size()> words{{
        {"some", {"あり", "あります", "There is"}},
        {"possible", {"あるかもしれない", "あるかも しれません", "Possibly"}},
        {"none", {"なし", "ありません", "None"}},
        {"unknown", {"不明", "わかりません", "Not known"}},
    }};
    return words.at(static_cast<std::size_t>(presence));
}

} // namespace

std::string_view code_of(Presence presence) noexcept { return words_of(presence).code; }
const Label& label_of(Presence presence) { return words_of(presence).label; }

} // namespace shirube::directory
