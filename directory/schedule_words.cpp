// Schedules as people read them, in the three registers of the interface.
#include "directory/schedule.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

namespace shirube::directory {

namespace {

enum class Register : std::uint8_t { ja, ja_easy, en };

constexpr std::array<std::string_view, 7> k_days_ja{"月", "火", "水", "木", "金", "土", "日"};
constexpr std::array<std::string_view, 7> k_days_en{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 5> k_ordinals_en{"1st", "2nd", "3rd", "4th", "5th"};
constexpr std::array<std::string_view, 12> k_months_en{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
constexpr std::uint16_t k_every_month = 0x0fff;
constexpr std::uint16_t k_odd_months = 0x0555;
constexpr std::uint16_t k_even_months = 0x0aaa;

Register register_of(std::string_view language) {
    return language == "en" ? Register::en : language == "ja-easy" ? Register::ja_easy : Register::ja;
}

/// The positions of the bits that are set.
std::vector<std::size_t> bits_of(std::uint32_t mask) {
    std::vector<std::size_t> bits;
    for (std::size_t i = 0; i < 32; ++i) {
        if (((mask >> i) & 1U) != 0) {
            bits.push_back(i);
        }
    }
    return bits;
}

/// "1st, 3rd and last" or "1・3".
std::string joined(const std::vector<std::string>& words, Register how) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) {
            out += how != Register::en ? "・" : i + 1 == words.size() ? " and " : ", ";
        }
        out += words[i];
    }
    return out;
}

bool is_run(const std::vector<std::size_t>& bits) {
    return bits.size() >= 3 && bits.back() - bits.front() + 1 == bits.size();
}

/// "土曜日", "月・水曜日", "火～土曜日"; "月曜日から 金曜日まで"; "Saturday", "Monday to Friday".
std::string weekdays_in_words(WeekdayMask mask, Register how) {
    const auto bits = bits_of(mask);
    const auto& names = how == Register::en ? k_days_en : k_days_ja;
    const std::string_view each = how == Register::ja_easy ? "曜日" : ""; // 月 alone reads like a month
    std::vector<std::string> words;
    words.reserve(bits.size());
    for (const std::size_t bit : bits) {
        words.push_back(fmt::format("{}{}", names[bit], each));
    }
    if (is_run(bits)) {
        switch (how) {
            case Register::en:
                return fmt::format("{} to {}", words.front(), words.back());
            case Register::ja_easy:
                return fmt::format("{}から {}まで", words.front(), words.back());
            case Register::ja:
                return fmt::format("{}～{}曜日", words.front(), words.back());
        }
    }
    return joined(words, how) + (how == Register::ja ? "曜日" : "");
}

std::string months_in_words(std::uint16_t months, Register how) {
    if (months == k_every_month) {
        return {};
    }
    if (months == k_even_months) {
        return how == Register::en        ? " (even months)"
               : how == Register::ja_easy ? "2・4・6・8・10・12月の "
                                          : "偶数月の";
    }
    if (months == k_odd_months) {
        return how == Register::en ? " (odd months)" : how == Register::ja_easy ? "1・3・5・7・9・11月の " : "奇数月の";
    }
    std::vector<std::string> words;
    for (const std::size_t bit : bits_of(months)) {
        words.push_back(how == Register::en ? std::string(k_months_en[bit]) : std::to_string(bit + 1));
    }
    return how == Register::en ? fmt::format(" ({})", joined(words, how))
                               : fmt::format("{}月の{}", joined(words, how), how == Register::ja_easy ? " " : "");
}

std::string ordinals_in_words(std::uint8_t ordinals, Register how) {
    std::vector<std::string> numbers;
    for (const std::size_t bit : bits_of(ordinals & 0x1fU)) {
        numbers.push_back(how == Register::en        ? std::string(k_ordinals_en[bit])
                          : how == Register::ja_easy ? fmt::format("{}回目", bit + 1)
                                                     : std::to_string(bit + 1));
    }
    const bool last = (ordinals & k_last_in_month) != 0;
    if (how != Register::ja) {
        if (last) {
            numbers.emplace_back(how == Register::en ? "last" : "最後");
        }
        return joined(numbers, how);
    }
    const std::string nth = numbers.empty() ? "" : "第" + joined(numbers, how);
    return last ? nth + (nth.empty() ? "最終" : "・最終") : nth;
}

std::string nth_weekday_in_words(const ScheduleRule& rule, Register how) {
    const std::string days = weekdays_in_words(rule.weekdays, how);
    const std::string ordinals = ordinals_in_words(rule.ordinals, how);
    switch (how) {
        case Register::en:
            return fmt::format("{} {} of the month", ordinals, days);
        case Register::ja_easy:
            return fmt::format("月の {}の {}", ordinals, days);
        case Register::ja:
            break;
    }
    return ordinals + days;
}

std::string weekly_in_words(const ScheduleRule& rule, Register how) {
    if (rule.weekdays == k_every_weekday) {
        return how == Register::en ? "Daily" : "毎日";
    }
    const std::string days = weekdays_in_words(rule.weekdays, how);
    return how == Register::en ? "Every " + days : how == Register::ja_easy ? "毎週 " + days : "毎週" + days;
}

std::string dates_in_words(const ScheduleRule& rule, Register how) {
    std::vector<std::string> days;
    for (const std::size_t bit : bits_of(rule.days_of_month)) {
        days.push_back(std::to_string(bit + 1));
    }
    return how == Register::en ? fmt::format("Day {} of the month", joined(days, how))
                               : fmt::format("毎月{}{}日", how == Register::ja_easy ? " " : "", joined(days, how));
}

std::string clock(int minute) { return fmt::format("{}:{:02}", minute / 60, minute % 60); }

/// " 10:00–17:00", with the blank before it; empty where no time is known.
std::string times_in_words(const ScheduleRule& rule, Register how) {
    if (!rule.from_minute && !rule.to_minute) {
        return {};
    }
    if (how == Register::ja_easy) {
        return (rule.from_minute ? fmt::format(" {}から", clock(*rule.from_minute)) : " ") +
               (rule.to_minute ? fmt::format("{}まで", clock(*rule.to_minute)) : "");
    }
    if (!rule.to_minute) {
        return how == Register::en ? fmt::format(" from {}", clock(*rule.from_minute))
                                   : fmt::format(" {}～", clock(*rule.from_minute));
    }
    if (!rule.from_minute) {
        return how == Register::en ? fmt::format(" until {}", clock(*rule.to_minute))
                                   : fmt::format(" ～{}", clock(*rule.to_minute));
    }
    return fmt::format(" {}–{}", clock(*rule.from_minute), clock(*rule.to_minute));
}

std::string_view holidays_in_words(HolidayRule rule, Register how) {
    switch (rule) {
        case HolidayRule::closed:
            return how == Register::en        ? " (closed on public holidays)"
                   : how == Register::ja_easy ? "（祝日は 休み）"
                                              : "（祝日休み）";
        case HolidayRule::open:
            return how == Register::en        ? " (open on public holidays)"
                   : how == Register::ja_easy ? "（祝日も やっています）"
                                              : "（祝日も開く）";
        case HolidayRule::unknown:
            break;
    }
    return {};
}

/// "原則として第2・4金曜日", "だいたい 毎週 土曜日", "usually every Saturday".
std::string as_a_rule(std::string days, Register how) {
    switch (how) {
        case Register::en:
            // "Every Saturday", "Daily", "Day 12 of the month"; "2nd" has no other case.
            days.front() = days.front() == 'E' ? 'e' : days.front() == 'D' ? 'd' : days.front();
            return "Usually " + days;
        case Register::ja_easy:
            return "だいたい " + days;
        case Register::ja:
            break;
    }
    return "原則として" + days;
}

std::string dated_in_words(const ScheduleRule& rule, Register how) {
    std::string days = rule.weekdays == 0   ? dates_in_words(rule, how)
                       : rule.ordinals == 0 ? weekly_in_words(rule, how)
                                            : nth_weekday_in_words(rule, how);
    const std::string months = months_in_words(rule.months, how);
    days = how == Register::en ? days + months : months + days;
    if (rule.usually) {
        days = as_a_rule(std::move(days), how);
    }
    return days + times_in_words(rule, how) + std::string(holidays_in_words(rule.holidays, how));
}

bool tells_time(std::string_view text) {
    return text.find(':') != std::string_view::npos || text.find("：") != std::string_view::npos ||
           text.find("時") != std::string_view::npos;
}

/// The days that are computed, and the source's words after them where only those tell the times.
std::string dated_with_source(const Schedule& schedule, Register how) {
    std::string words = dated_in_words(schedule.rule, how);
    if (schedule.rule.from_minute || schedule.rule.to_minute || !tells_time(schedule.text)) {
        return words;
    }
    return how == Register::en ? fmt::format("{} ({})", words, schedule.text)
                               : fmt::format("{}（{}）", words, schedule.text);
}

/// The source's words with the times they leave out; without words, the weekday and a caution.
std::string recurring_in_words(const Schedule& schedule, Register how) {
    const std::string times = times_in_words(schedule.rule, how);
    if (!schedule.text.empty()) {
        return tells_time(schedule.text) ? schedule.text : schedule.text + times;
    }
    const std::string days = schedule.rule.weekdays == 0 ? "" : weekdays_in_words(schedule.rule.weekdays, how);
    switch (how) {
        case Register::en:
            return fmt::format("{}{}{}", days.empty() ? "Days" : days, times, ", dates to be confirmed");
        case Register::ja_easy:
            return fmt::format("{}{}（何日かは 聞いてください）", days.empty() ? "やる日" : days, times);
        case Register::ja:
            break;
    }
    return fmt::format("{}{}（日は要確認）", days.empty() ? "開催日" : days, times);
}

} // namespace

std::string in_words(const Schedule& schedule, std::string_view language) {
    const Register how = register_of(language);
    const bool computable = schedule.rule.weekdays != 0 || schedule.rule.days_of_month != 0;
    switch (schedule.rule.state) {
        case ScheduleState::dated:
            return computable ? dated_with_source(schedule, how) : schedule.text;
        case ScheduleState::recurring:
            return recurring_in_words(schedule, how);
        case ScheduleState::text:
            break;
    }
    return schedule.text;
}

} // namespace shirube::directory
