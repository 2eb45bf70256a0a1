#include "server/pages/planner/policy_conditions.hpp"

#include "directory/codes.hpp"
#include "server/pages/planner/planner_words.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

namespace {

using directory::Policy;

std::string plain(double value) { return fmt::format("{:.10g}", value); }

/// What is joined is ours, never a visitor's.
template <class Range, class Word>
std::string joined(const Range& range, const Texts& texts, Word word) {
    std::string out;
    for (const auto& one : range) {
        out += (out.empty() ? "" : texts.get("list.separator")) + std::string{word(one)};
    }
    return out;
}

class Telling {
  public:
    Telling(const Policy& policy, const directory::Taxonomy& taxonomy, const Texts& texts)
        : policy_(policy), taxonomy_(taxonomy), texts_(texts) {}

    std::vector<std::string> all() {
        what_counts();
        children();
        ways();
        supply();
        lists();
        return std::move(out_);
    }

  private:
    void say(std::string_view key, Texts::Values values = {}) { out_.push_back(texts_.with(key, values)); }

    void what_counts() {
        if (!policy_.functions.empty()) {
            say("condition.functions", {{"names", joined(policy_.functions, texts_, [&](const auto& function) {
                                             return function.name.in(texts_.language());
                                         })}});
        }
        if (!policy_.entry.empty()) {
            say("condition.entry", {{"ways", joined(policy_.entry, texts_, [&](directory::Entry entry) {
                                         return texts_.get("policies.entry_" + std::string{code_of(entry)});
                                     })}});
        }
        if (policy_.residents_only) {
            say("condition.residents_only");
        }
        if (policy_.count_planned) {
            say("condition.count_planned");
        }
        if (policy_.count_unconfirmed) {
            say("condition.count_unconfirmed");
        }
        const bool has_outreach = std::ranges::any_of(
            policy_.any_of, [&](directory::ProgrammeIndex programme) { return taxonomy_.at(programme).outreach; });
        if (has_outreach || policy_.outreach_in_each) {
            say("condition.outreach", {{"count", std::to_string(policy_.outreach_per_month)}});
        }
        if (policy_.outreach_in_each) {
            say("condition.outreach_in_each", {{"layer", layer_in_words(policy_.outreach_in_each->layer, texts_)}});
        }
    }

    void children() {
        if (policy_.cells_by_centre) {
            say("condition.by_centre");
        }
        if (policy_.need) {
            say("condition.need", {{"indicator", policy_.need->indicator}});
        }
    }

    void ways() {
        for (const auto& local : policy_.local_travel) {
            say("condition.way_in", {{"count", std::to_string(local.districts.size())},
                                     {"mode", texts_.get("mode." + local.travel.mode)},
                                     {"minutes", plain(local.travel.minutes)},
                                     {"metres", plain(local.travel.m_per_minute)},
                                     {"detour", plain(local.travel.detour)}});
        }
    }

    void supply() {
        if (!policy_.supply) {
            return;
        }
        const auto& of = *policy_.supply;
        if (of.is_gaussian) {
            say("condition.supply_gaussian", {{"reach", plain(of.reach_m)}, {"sigma", plain(of.sigma_m)}});
        } else {
            say("condition.supply_step", {{"reach", plain(of.reach_m)}});
        }
        using enum directory::UnknownCapacity;
        say(of.unknown == unknown  ? "condition.capacity_unknown"
            : of.unknown == median ? "condition.capacity_median"
                                   : "condition.capacity_fixed",
            {{"capacity", plain(of.capacity)}});
        if (of.in_nights) {
            say("condition.supply_nights");
        }
    }

    void lists() { say("condition.list_valid", {{"months", std::to_string(policy_.list_valid_months)}}); }

    const Policy& policy_;
    const directory::Taxonomy& taxonomy_;
    const Texts& texts_;
    std::vector<std::string> out_;
};

} // namespace

std::vector<std::string> conditions_in_words(const Policy& policy, const directory::Taxonomy& taxonomy,
                                             const Texts& texts) {
    return Telling(policy, taxonomy, texts).all();
}

std::string conditions_in_a_line(const Policy& policy, const directory::Taxonomy& taxonomy, const Texts& texts) {
    std::string line;
    for (const auto& condition : conditions_in_words(policy, taxonomy, texts)) {
        line += (line.empty() ? "" : texts.language() == "en" ? " " : "") + condition;
    }
    return line;
}

} // namespace shirube::server
