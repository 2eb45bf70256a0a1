// Where the children of an age range live, by layer: worked out when it is first asked for and kept with the ground it
// stands on. Many threads may ask at once.
#pragma once

#include "directory/policy.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace shirube::directory {

struct LayerChildren;

class KeptChildren {
  public:
    using Made = std::shared_ptr<const LayerChildren>;

    /// \param make () -> Made; two threads that ask at once may both make it, and one of both is kept
    template <class Make>
    Made of(std::size_t layer, const CountedChildren& counted, Make&& make) const {
        const Key key{layer, counted};
        if (auto kept = find(key)) {
            return kept;
        }
        return keep(key, make());
    }

  private:
    using Key = std::pair<std::size_t, CountedChildren>;

    [[nodiscard]] Made find(const Key& key) const {
        const std::scoped_lock lock(mutex_);
        for (auto entry = kept_.begin(); entry != kept_.end(); ++entry) {
            if (entry->first == key) {
                kept_.splice(kept_.begin(), kept_, entry);
                return entry->second;
            }
        }
        return nullptr;
    }
    Made keep(const Key& key, Made made) const {
        // The shipped policies ask for fewer; whoever sends policies of their own may ask for any.
        constexpr std::size_t k_most = 24;
        const std::scoped_lock lock(mutex_);
        kept_.emplace_front(key, std::move(made));
        if (kept_.size() > k_most) {
            kept_.pop_back();
        }
        return kept_.front().second;
    }

    mutable std::mutex mutex_;
    mutable std::list<std::pair<Key, Made>> kept_; ///< the last one asked for first
};

} // namespace shirube::directory
