#include "bench/pages/questions.hpp"

#include "bench/country/country.hpp"
#include "bench/country/dice.hpp"
#include "directory/policy/policy_book.hpp"
#include "server/http.hpp"

#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <string_view>

namespace shirube::bench {

namespace {

constexpr double k_page_ms = 2;
constexpr double k_suggestion_ms = 1;
constexpr std::size_t k_addresses = 300;
constexpr std::array<std::string_view, 3> k_languages{"ja", "ja-easy", "en"};

std::string_view language(std::size_t number) { return k_languages[number % k_languages.size()]; }

/// \param target_of the address of a number
template <class TargetOf>
Questions page(std::string name, std::string file, std::size_t count, TargetOf&& target_of) {
    Questions out{std::move(name), {}, k_page_ms, std::move(file)};
    for (std::size_t i = 0; i < count; ++i) {
        out.targets.push_back(target_of(i));
    }
    return out;
}

Questions suggestions(std::string name, std::string file, std::initializer_list<std::string_view> words) {
    Questions out{"suggestions: " + std::move(name), {}, k_suggestion_ms, std::move(file)};
    for (const auto word : words) {
        out.targets.push_back("/api/v1/suggest?q=" + server::percent_encode(word));
    }
    return out;
}

void add_searches(std::vector<Questions>& out, const Country& country) {
    const auto codes = programme_codes();
    const auto asked = make_questions(country, k_addresses);
    const auto near = [&](std::size_t i) {
        return fmt::format("near={:.5f},{:.5f}", asked[i].near.lon, asked[i].near.lat);
    };
    out.push_back(page("/search near, one programme", "search-near", k_addresses, [&](std::size_t i) {
        return fmt::format("/search?{}&radius=2000&programme={}&lang={}", near(i), codes[asked[i].programme],
                           language(i));
    }));
    out.push_back(page("/search near, age and day", "", k_addresses, [&](std::size_t i) {
        return fmt::format("/search?{}&age={}&day=sat&lang={}", near(i), i % 15, language(i));
    }));
    out.push_back(page("/search near, nothing found", "", k_addresses, [&](std::size_t i) {
        return fmt::format("/search?{}&radius=500&programme={}&age=2&day=sun&time=05:00&lang={}", near(i),
                           codes[asked[i].programme], language(i));
    }));
    constexpr std::array<std::string_view, 6> k_words{"ひろば", "こども", "きぼうの園", "みんなの家", "第3市", "1234"};
    out.push_back(page("/search by a word", "search-word", 3 * k_words.size(), [&](std::size_t i) {
        return fmt::format("/search?q={}&lang={}", server::percent_encode(k_words[i % k_words.size()]),
                           language(i / k_words.size()));
    }));
    out.push_back(page("/search anywhere, one programme, age and day", "", codes.size(), [&](std::size_t i) {
        return fmt::format("/search?programme={}&age=3&day=sat&lang={}", codes[i], language(i));
    }));
}

} // namespace

std::vector<Questions> questions_of(const directory::Reader& reader) {
    const Country country = make_country();
    Dice dice(k_seed + 2);
    std::vector<Questions> out;
    out.push_back(
        page("/", "start", k_languages.size(), [](std::size_t i) { return fmt::format("/?lang={}", language(i)); }));
    add_searches(out, country);
    const auto count = static_cast<std::uint32_t>(reader.services().size());
    out.push_back(page("/services/{id}", "service", k_addresses, [&](std::size_t i) {
        return fmt::format("/services/{}?lang={}", reader.services()[dice.below(count)].id, language(i));
    }));
    const auto sites = static_cast<std::uint32_t>(reader.sites().size());
    out.push_back(page("/sites/{id}", "", k_addresses, [&](std::size_t i) {
        return fmt::format("/sites/{}?lang={}", reader.sites()[dice.below(sites)].id, language(i));
    }));
    out.push_back(page("/stages", "stages", k_addresses, [&](std::size_t i) {
        return fmt::format("/stages?municipality={}&lang={}", municipality_code(dice.below(k_towns)), language(i));
    }));
    out.push_back(page("/matrix", "", k_languages.size(),
                       [](std::size_t i) { return fmt::format("/matrix?lang={}", language(i)); }));
    // A whole country's table at once is nobody's first question; it is measured to know.
    out.back().wanted_ms.reset();
    out.push_back(page("/planner, 10,000 districts in one table", "", 1, [](std::size_t) { return "/planner"; }));
    out.back().wanted_ms.reset();

    out.push_back(
        suggestions("two characters", "suggest-two",
                    {"ひろ", "こど", "きぼ", "みん", "第1", "市", "12", "学校", "相談", "児童", "子育", "支援"}));
    out.push_back(suggestions("three characters and more", "suggest-three",
                              {"ひろば", "こども", "きぼう", "みんな", "123", "第12", "中学校", "保育所", "児童館",
                               "子ども食堂", "ひろば12", "第12市"}));
    out.push_back(suggestions("kana", "", {"ヒロ", "コドモ", "ｷﾎﾞｳ", "みんなのいえ", "じどう", "ほいく", "そうだん"}));
    out.push_back(suggestions("Latin letters", "", {"hiroba", "kodomo", "kibou", "minna", "jidou", "hoiku"}));
    out.push_back(suggestions("nothing is called so", "", {"ぬぬ", "zzzz", "存在しない"}));
    return out;
}

std::vector<Questions> planner_questions(const directory::Reader& reader) {
    std::vector<std::string> policies;
    for (const auto& offered : reader.policies()) {
        policies.push_back(offered.policy.id);
    }
    std::vector<Questions> out;
    out.push_back(page("/planner", "planner", k_languages.size() * policies.size(), [&](std::size_t i) {
        return fmt::format("/planner?policy={}&layer=chugakkoku&lang={}", policies[i % policies.size()],
                           language(i / policies.size()));
    }));
    constexpr std::array<std::string_view, 7> k_weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    out.push_back(page("/planner at an hour, for an age", "", k_addresses, [&](std::size_t i) {
        return fmt::format("/planner?policy={}&layer=chugakkoku&weekday={}&hour={}&age={}",
                           policies[i % policies.size()], k_weekdays[i % k_weekdays.size()], 8 + i % 13, i % 18);
    }));
    out.push_back(page("/api/v1/coverage at an hour", "", k_addresses, [&](std::size_t i) {
        return fmt::format("/api/v1/coverage?policy={}&layer=chugakkoku&weekday={}&hour={}&f=json",
                           policies[i % policies.size()], k_weekdays[i % k_weekdays.size()], 8 + i % 13);
    }));
    out.back().wanted_ms = 1;
    out.push_back(page("/districts/{layer}/{code}", "", reader.layers().front().count, [&](std::size_t i) {
        return fmt::format("/districts/chugakkoku/{}",
                           reader.districts()[reader.layers().front().first + static_cast<std::uint32_t>(i)].code);
    }));
    return out;
}

} // namespace shirube::bench
