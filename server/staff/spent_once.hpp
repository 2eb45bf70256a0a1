// What may be done once: words that a page gave out and that came back. They are held in memory alone and as hashes, so
// that nobody reads from them who did what; a restart forgets them.
#pragma once

#include "directory/accounts/tokens.hpp"

#include <mutex>
#include <set>
#include <string>

namespace shirube::server {

class SpentOnce {
  public:
    /// Whether it is the first time; from then on it is spent.
    bool spend(const std::string& word);
    /// What it was spent for did not come about.
    void give_back(const std::string& word);

  private:
    std::mutex mutex_;
    // Two spans: when the newer is full it becomes the older, and the older is forgotten.
    std::set<directory::Hash> newer_;
    std::set<directory::Hash> older_;
};

} // namespace shirube::server
