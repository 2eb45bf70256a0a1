#include "server/pages/planner/planner_question.hpp"

namespace shirube::server {

std::expected<CoverageQuestion, std::string_view> read_planner_question(const Request& request,
                                                                        const Context& context) {
    const auto& reader = context.reader();
    if (reader.layers().empty()) {
        return std::unexpected("planner.no_layers");
    }
    const auto id = request.parameter("policy");
    const auto* policy = find_open_policy(id.value_or(k_first_policy), context);
    if (policy == nullptr) {
        return std::unexpected("planner.unknown_policy");
    }
    directory::Policy asked = *policy;
    if (!request.parameter("layer") && reader.find_layer(asked.layer) == nullptr) {
        asked.layer = reader.layers().front().code;
    }
    // A day, not a minute: coverage changes with openings and closings.
    Context by_day = context;
    by_day.now.minute = 0;
    auto question = read_coverage_question(request, by_day, asked);
    if (!question) {
        const auto& parameter = question.error().parameter;
        return std::unexpected(parameter == "layer" ? "planner.unknown_layer"
                               : parameter == "at"  ? "planner.bad_date"
                                                    : "planner.bad_time");
    }
    question->policy.layer = policy->layer;
    return *std::move(question);
}

} // namespace shirube::server
