// What the offered policies say of a day, kept with the edition: the page of every district of a layer asks the same.
// Many threads may ask at once.
#pragma once

#include "directory/coverage.hpp"
#include "directory/policy/policy_book.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>

namespace shirube::directory {

class KeptCoverages {
  public:
    using Made = std::shared_ptr<const Coverage>;

    /// compute_coverage() at the beginning of a day. Kept until another day is asked for, as long as all of it together
    /// is not too much: a country's is worked out each time.
    /// \param reader the edition that keeps this
    /// \param offered one of its policies()
    /// \param layer one of its layers()
    Made of(const Reader& reader, const OfferedPolicy& offered, const Layer& layer, Day day,
            std::int64_t least_told) const;

  private:
    using Key = std::tuple<const OfferedPolicy*, const Layer*, std::int64_t>;

    [[nodiscard]] Made find(const Key& key, Day day) const;
    void keep(const Key& key, Day day, const Made& made) const;

    mutable std::mutex mutex_;
    mutable Day day_{};
    mutable std::map<Key, Made> kept_;  ///< of that day
    mutable std::size_t districts_ = 0; ///< of all that is kept
};

} // namespace shirube::directory
