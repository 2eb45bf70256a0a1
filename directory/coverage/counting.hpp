// Which services count under a policy, and how surely. What is not known about one (its ages, its hours, the way in)
// makes it possible, never certain and never out.
#pragma once

#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

/// How a service counts where it counts.
enum class Counted : std::uint8_t {
    out,      ///< closed, suspended, or surely not for these children at these hours
    planned,  ///< not yet, and the policy does not count plans
    possible, ///< unconfirmed, or its list does not say what the policy asks
    outreach, ///< surely, at others' places
    standing  ///< surely, at its own
};

/// The services of a policy's programmes and of those below them, and what of them does not depend on the day.
class Candidates {
  public:
    Candidates(const Reader& reader, const Policy& policy);

    struct Candidate {
        std::uint32_t service = 0;
        Openness fits = Openness::no; ///< whether it is, as it is listed, for these children at these hours: its life
                                      ///< and certainty aside
    };

    /// Those with a position, then those without.
    [[nodiscard]] std::span<const Candidate> all() const noexcept { return all_; }
    [[nodiscard]] std::size_t located() const noexcept { return located_; } ///< how many have a position

    /// Whether residents of a municipality may use it, where the policy asks. A service that says nothing of it is for
    /// everybody.
    [[nodiscard]] bool is_for_residents_of(std::uint32_t service, const std::string& municipality) const;
    /// Whether the policy asks whose it is and the service says so.
    [[nodiscard]] bool is_restricted(std::uint32_t service) const;

    [[nodiscard]] const Reader& reader() const noexcept { return reader_; }
    [[nodiscard]] const Policy& policy() const noexcept { return policy_; }

  private:
    const Reader& reader_;
    const Policy& policy_;
    std::vector<Candidate> all_;
    std::size_t located_ = 0;
};

/// How each candidate counts on a day. \post as many as candidates.all(), in their order
std::vector<Counted> counted_on(const Candidates& candidates, Day day);

/// The districts of a layer that a service belongs to, as places within the layer: those its list says it serves, else
/// those it lies in.
std::vector<Membership> districts_in_layer(const Reader& reader, std::uint32_t service, const Layer& layer);

/// The same, added to what is there.
void add_districts_in_layer(const Reader& reader, std::uint32_t service, const Layer& layer,
                            std::vector<Membership>& out);

/// Programmes with all below them, ascending.
std::vector<ProgrammeIndex> with_all_below(const std::vector<ProgrammeIndex>& programmes, const Taxonomy& taxonomy);

/// Whether a service takes in children of some of these ages. Where its list states one end alone, the other is open;
/// where it states none, maybe.
Openness takes_in(const ServiceRow& service, const AgeBand& ages);

} // namespace shirube::directory
