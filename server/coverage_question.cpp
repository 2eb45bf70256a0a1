#include "server/coverage_question.hpp"

#include "directory/policy/policy_book.hpp"
#include "server/api/answers.hpp"
#include "server/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

namespace {

std::expected<std::optional<int>, Problem> number_asked(const Request& request, std::string_view name, int least,
                                                        int most) {
    const auto text = request.parameter(name);
    if (!text || text->empty()) {
        return std::nullopt;
    }
    const auto number = parse_digits(*text);
    if (!number || *number < least || *number > most) {
        return std::unexpected(Problem{"bad_parameter", std::string{name},
                                       fmt::format("{} is a whole number from {} to {}.", name, least, most)});
    }
    return static_cast<int>(*number);
}

std::expected<std::optional<int>, Problem> weekday_asked(const Request& request) {
    const auto text = request.parameter("weekday");
    if (!text || text->empty()) {
        return std::nullopt;
    }
    const auto* const found = std::ranges::find(k_weekday_codes, std::string_view{*text});
    if (found == k_weekday_codes.end()) {
        return std::unexpected(
            Problem{"bad_parameter", "weekday", "weekday is one of mon, tue, wed, thu, fri, sat, sun."});
    }
    return static_cast<int>(found - k_weekday_codes.begin());
}

/// An hour, or a day, or both; what was not chosen stays the policy's own.
void set_window(CoverageQuestion& question) {
    if (!question.weekday && !question.hour) {
        return;
    }
    directory::TimeWindow window = question.policy.when.value_or(directory::TimeWindow{});
    if (question.weekday) {
        window.weekdays = static_cast<directory::WeekdayMask>(1U << static_cast<unsigned>(*question.weekday));
    }
    if (question.hour) {
        constexpr int k_minutes_an_hour = 60;
        window.from_minute = *question.hour * k_minutes_an_hour;
        window.to_minute = window.from_minute + k_minutes_an_hour;
    }
    question.policy.when = window;
}

} // namespace

Query CoverageQuestion::query() const {
    Query query{{"policy", policy.id}, {"layer", layer->code}, {"at", directory::to_string(at.day)}};
    if (weekday) {
        query.emplace_back("weekday", k_weekday_codes[static_cast<std::size_t>(*weekday)]);
    }
    if (hour) {
        query.emplace_back("hour", std::to_string(*hour));
    }
    if (age) {
        query.emplace_back("age", std::to_string(*age));
    }
    return query;
}

const directory::Policy* find_open_policy(std::string_view id, const Context& context) {
    const auto* offered = context.reader().find_policy(id);
    return offered == nullptr ? nullptr : &offered->policy;
}

std::expected<CoverageQuestion, Problem> read_coverage_question(const Request& request, const Context& context,
                                                                const directory::Policy& policy) {
    const auto& reader = context.reader();
    CoverageQuestion question;
    question.policy = policy;
    const auto asked = request.parameter("layer");
    const std::string_view code = asked && !asked->empty() ? std::string_view{*asked} : std::string_view{policy.layer};
    question.layer = reader.find_layer(code);
    if (question.layer == nullptr) {
        return std::unexpected(
            Problem{"bad_parameter", "layer",
                    fmt::format("No districts of layer \"{}\" have been imported; see /api/v1/layers.", code)});
    }
    const auto at = instant_asked(request, context);
    if (!at) {
        return std::unexpected(at.error());
    }
    question.at = *at;
    const auto weekday = weekday_asked(request);
    const auto hour = number_asked(request, "hour", 0, 23);
    const auto age = number_asked(request, "age", 0, k_oldest_age);
    for (const auto* part : {&weekday, &hour, &age}) {
        if (!*part) {
            return std::unexpected(part->error());
        }
    }
    question.weekday = *weekday;
    question.hour = *hour;
    question.age = *age;
    set_window(question);
    if (question.age) {
        question.policy.ages = directory::AgeBand{*question.age, *question.age + 1};
    }
    return question;
}

} // namespace shirube::server
