#include "directory/snapshot/filter.hpp"

#include "directory/fold.hpp"
#include "directory/use_terms.hpp"
#include "directory/whose_service.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

template <class Code>
constexpr unsigned bit(Code code) noexcept {
    return 1U << static_cast<unsigned>(code);
}

} // namespace

std::vector<std::string> search_words(std::string_view text) {
    constexpr std::string_view wide_space = "\u3000";
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (auto folded = fold(word); !folded.empty()) {
            words.push_back(std::move(folded));
        }
        word.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with(wide_space)) {
            finish();
            at += wide_space.size();
        } else if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
            finish();
            ++at;
        } else {
            word += text[at++];
        }
    }
    finish();
    return words;
}

Filter::Filter(const Snapshot& snapshot, const Part& part, const std::vector<bool>* masked, const SearchQuery& query)
    : ground_(*snapshot.ground), part_(part), masked_(masked), query_(query), day_(day_number(query.at.day)) {
    if (!query.programmes.empty()) {
        programmes_.resize(snapshot.taxonomy.programmes().size());
        for (const auto programme : query.programmes) {
            programmes_[programme] = true;
        }
    }
    words_ = search_words(query.text);
    for (const auto& word : words_) {
        auto& holds = word_programmes_.emplace_back(ground_.programme_text.size());
        for (std::size_t i = 0; i < holds.size(); ++i) {
            holds[i] = ground_.programme_text[i].find(word) != std::string::npos;
        }
    }
    plain_ = query.within.empty() && words_.empty() && query.for_whom == 0 && !query.age && !query.asks_for_time() &&
             !query.entry && !query.fee && query.transports == 0 && !query.without_phone && query.features == 0 &&
             query.residents_of.empty() && query.municipality.empty() && !query.stage;
    columns_alone_ = masked == nullptr && query.within.empty() && words_.empty() && query.residents_of.empty() &&
                     query.municipality.empty() && !query.stage;
}

std::optional<Openness> Filter::operator()(std::uint32_t service) const {
    if (!matches_programme(service) || !in_force(service)) {
        return std::nullopt;
    }
    if (plain_) {
        return Openness::maybe;
    }
    if (!matches_columns(service) || !matches_age(service) || !matches_text(service) || !matches_within(service)) {
        return std::nullopt;
    }
    if (!query_.asks_for_time()) {
        return Openness::maybe;
    }
    const Openness open = openness(service);
    return open == Openness::no ? std::nullopt : std::optional(open);
}

bool Filter::matches_programme(std::uint32_t service) const {
    return programmes_.empty() || programmes_[part_.columns.programme[service]];
}

bool Filter::matches_columns(std::uint32_t service) const {
    const Columns& columns = part_.columns;
    if (query_.for_whom != 0 && (columns.for_whom[service] & query_.for_whom) == 0) {
        return false;
    }
    if (query_.entry && columns.entry[service] != *query_.entry) {
        return false;
    }
    if (query_.fee && columns.fee[service] != *query_.fee && query_.residents_of.empty()) {
        return false;
    }
    if (query_.transports != 0 && (query_.transports & bit(columns.transport[service])) == 0) {
        return false;
    }
    if (query_.without_phone && columns.entry[service] != Entry::drop_in &&
        (columns.features[service] & (bit(Feature::line) | bit(Feature::web_form))) == 0) {
        return false;
    }
    if ((columns.features[service] & query_.features) != query_.features) {
        return false;
    }
    const ServiceRow& row = part_.services[service];
    if (query_.stage && is_for(row, *query_.stage) == Openness::no) {
        return false;
    }
    if (!query_.municipality.empty() && !is_of(query_.municipality, part_.site_of(service).municipality, row,
                                               part_.served[service], ground_.districts)) {
        return false;
    }
    if (query_.residents_of.empty()) {
        return true;
    }
    if (query_.fee && price_for(row, query_.residents_of).fee != *query_.fee) {
        return false;
    }
    const auto& usable_by = row.usable_by;
    if (!usable_by.empty() && std::ranges::find(usable_by, query_.residents_of) == usable_by.end()) {
        return false;
    }
    return !query_.use_contract || states_contract(row.use_terms, query_.residents_of, *query_.use_contract) ||
           is_of(query_.residents_of, part_.site_of(service).municipality, row, part_.served[service],
                 ground_.districts);
}

bool Filter::matches_age(std::uint32_t service) const {
    if (!query_.age) {
        return true;
    }
    const auto ages = part_.columns.ages[service];
    const int from = std::max<int>(ages.from_months, 0);
    return from < query_.age->to_months && (ages.to_months < 0 || ages.to_months > query_.age->from_months);
}

bool Filter::matches_text(std::uint32_t service) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (word_programmes_[i][part_.columns.programme[service]]) {
            continue;
        }
        if (find_word(part_.text.document(service), words_[i]) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

bool Filter::matches_within(std::uint32_t service) const {
    if (query_.within.empty()) {
        return true;
    }
    const auto wanted = [&](std::uint32_t district) {
        return std::ranges::find(query_.within, district) != query_.within.end();
    };
    return std::ranges::any_of(part_.memberships(service),
                               [&](const Membership& membership) { return wanted(membership.district); }) ||
           std::ranges::any_of(part_.served[service], wanted);
}

Openness Filter::openness(std::uint32_t service) const {
    if (part_.columns.status_on(service, day_) == Status::suspended) {
        return Openness::no;
    }
    const WeekdayMask may_come = query_.residents_of.empty()
                                     ? k_every_weekday
                                     : days_for(part_.services[service].use_terms, query_.residents_of);
    const auto may_come_on = [&](Day day) { return (may_come >> static_cast<unsigned>(weekday_index(day)) & 1U) != 0; };
    if ((query_.open_at && !may_come_on(query_.open_at->day)) || (query_.open_day && !may_come_on(*query_.open_day))) {
        return Openness::no;
    }
    const auto rules = part_.columns.rules(service);
    Openness open = Openness::yes;
    if (query_.open_at) {
        open = std::min(open, open_on(rules, query_.open_at->day, query_.open_at->minute, ground_.holidays));
    }
    if (query_.open_day) {
        open = std::min(open, open_on(rules, *query_.open_day, query_.minute, ground_.holidays));
    }
    if (query_.weekdays != 0 && !query_.minute) {
        const auto days = static_cast<WeekdayMask>(query_.weekdays & may_come);
        open = std::min(open, days == 0 ? Openness::no : part_.columns.open_on_any(service, days));
    } else if (query_.weekdays != 0 || (query_.minute && !query_.open_day)) {
        Openness any = Openness::no;
        for (int weekday = 0; weekday < 7; ++weekday) {
            const WeekdayMask asked = query_.weekdays == 0 ? k_every_weekday : query_.weekdays;
            if ((asked & may_come & (1U << static_cast<unsigned>(weekday))) != 0) {
                any = std::max(any, open_on_weekday(rules, weekday, query_.minute));
            }
        }
        open = std::min(open, any);
    }
    return open;
}

} // namespace shirube::directory
