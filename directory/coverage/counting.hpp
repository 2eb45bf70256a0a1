// Which services count under a policy, and how surely. What is not known about one (its ages, its hours, the way in)
// makes it possible, never certain and never out.
#pragma once

#include "directory/policy.hpp"
#include "directory/reader.hpp"

#include <cstdint>
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

class Counting {
  public:
    Counting(const Reader& reader, const Policy& policy, Day day);

    [[nodiscard]] Counted of(std::uint32_t service) const;
    /// Whether the service, as it is listed, is for these children at these hours: its life and certainty aside.
    [[nodiscard]] Openness fits(std::uint32_t service) const;

    /// Whether residents of a municipality may use it, where the policy asks. A service that says nothing of it is for
    /// everybody.
    [[nodiscard]] bool is_for_residents_of(std::uint32_t service, const std::string& municipality) const;
    /// Whether the policy asks whose it is and the service says so.
    [[nodiscard]] bool is_restricted(std::uint32_t service) const;

    /// The services of the policy's programmes and of those below them: with a position, then without.
    [[nodiscard]] const std::vector<std::uint32_t>& located() const noexcept { return located_; }
    [[nodiscard]] const std::vector<std::uint32_t>& unlocated() const noexcept { return unlocated_; }

  private:
    const Reader& reader_;
    const Policy& policy_;
    Day day_;
    std::vector<std::uint32_t> located_;
    std::vector<std::uint32_t> unlocated_;
};

/// The districts of a layer that a service belongs to, as places within the layer: those its list says it serves, else
/// those it lies in.
std::vector<Membership> districts_in_layer(const Reader& reader, std::uint32_t service, const Layer& layer);

/// Programmes with all below them, ascending.
std::vector<ProgrammeIndex> with_all_below(const std::vector<ProgrammeIndex>& programmes, const Taxonomy& taxonomy);

/// Whether a service takes in children of some of these ages. Where its list states one end alone, the other is open;
/// where it states none, maybe.
Openness takes_in(const ServiceRow& service, const AgeBand& ages);

} // namespace shirube::directory
