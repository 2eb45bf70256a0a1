#include "directory/gazetteer.hpp"

#include "directory/blocks.hpp"
#include "directory/town_name.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace shirube::directory {

namespace {

/// What several lists say of one municipality.
struct KnownMunicipality {
    std::string name; ///< the longest
    std::string code;
    std::string key; ///< of the prefecture and the municipality
};

/// The municipalities of all lists, those that differ by a left-out 郡 alone as one.
class Municipalities {
  public:
    explicit Municipalities(const std::vector<ListedTown>& towns) {
        for (const auto& [town, list] : towns) {
            if (by_name_.contains({town.prefecture, town.municipality_name})) {
                continue;
            }
            const MunicipalityKey key = municipality_key(town.municipality_name);
            by_name_.emplace(std::pair{town.prefecture, town.municipality_name}, key);
            if (key.whole != key.without_county) {
                auto& full = full_keys_[town.prefecture + "\n" + key.without_county];
                // Two of one name in one prefecture stay two, and nobody knows which of them a bare name means.
                full = !full || *full == key.whole ? std::optional(key.whole) : std::optional(std::string());
            }
        }
        for (const auto& [town, list] : towns) {
            KnownMunicipality& known = by_key_[key_of(town)];
            if (town.municipality_name.size() > known.name.size()) {
                known.name = town.municipality_name;
            }
            if (known.code.empty()) {
                known.code = town.municipality;
            }
        }
    }

    [[nodiscard]] std::string key_of(const TownReading& town) const {
        const MunicipalityKey& key = by_name_.at({town.prefecture, town.municipality_name});
        if (key.whole == key.without_county) {
            const auto full = full_keys_.find(town.prefecture + "\n" + key.whole);
            if (full != full_keys_.end() && !full->second->empty()) {
                return town.prefecture + "\n" + *full->second;
            }
        }
        return town.prefecture + "\n" + key.whole;
    }

    void settle(TownReading& town) const {
        const KnownMunicipality& known = by_key_.at(key_of(town));
        town.municipality_name = known.name;
        town.municipality = known.code;
    }

  private:
    std::map<std::pair<std::string, std::string>, MunicipalityKey> by_name_; ///< by prefecture and name as written
    std::unordered_map<std::string, std::optional<std::string>> full_keys_;  ///< by the key without a 郡
    std::unordered_map<std::string, KnownMunicipality> by_key_;
};

/// The blocks of one town as lists bring them, the list believed first before the others.
class BlocksOfTown {
  public:
    void add(std::shared_ptr<const std::string> packed, std::size_t list) {
        brought_.push_back({std::move(packed), list});
    }

    [[nodiscard]] std::shared_ptr<const std::string> merged() {
        if (brought_.size() == 1) {
            return brought_.front().packed;
        }
        std::ranges::stable_sort(brought_, {}, &Brought::list);
        std::vector<Block> blocks;
        for (const bool is_shown : {true, false}) {
            std::optional<std::size_t> first;
            for (const auto& [packed, list] : brought_) {
                if (first && *first != list) {
                    break;
                }
                auto of_list = unpack_blocks(*packed);
                std::erase_if(of_list, [&](const Block& block) { return block.is_shown != is_shown; });
                if (!of_list.empty()) {
                    first = list;
                    std::ranges::move(of_list, std::back_inserter(blocks));
                }
            }
        }
        return std::make_shared<const std::string>(pack_blocks(std::move(blocks)));
    }

  private:
    struct Brought {
        std::shared_ptr<const std::string> packed;
        std::size_t list = 0;
    };
    std::vector<Brought> brought_;
};

/// The one reading of each town, and its blocks.
class Merged {
  public:
    explicit Merged(const Municipalities& municipalities) : municipalities_(municipalities) {}

    void add(TownReading town, std::size_t list) {
        std::string key = municipalities_.key_of(town) + "\n" + town_name_key(town.town + town.koaza);
        municipalities_.settle(town);
        auto blocks = std::exchange(town.blocks, nullptr);
        const auto [first, is_new] = first_of_.try_emplace(std::move(key), Place{list, towns_.size()});
        const bool stays = is_new || (first->second.list == list && !town.is_middle_of_blocks);
        if (blocks) {
            blocks_[stays ? towns_.size() : first->second.at].add(std::move(blocks), list);
        }
        if (stays) {
            town.is_middle_of_blocks = false;
            towns_.push_back(std::move(town));
        }
    }

    std::vector<TownReading> take() {
        for (auto& [at, blocks] : blocks_) {
            towns_[at].blocks = blocks.merged();
        }
        std::ranges::stable_sort(towns_, {}, [](const TownReading& town) {
            return std::tie(town.prefecture, town.municipality, town.municipality_name, town.town, town.koaza);
        });
        return std::move(towns_);
    }

  private:
    struct Place {
        std::size_t list = 0;
        std::size_t at = 0;
    };
    const Municipalities& municipalities_;
    std::vector<TownReading> towns_;
    std::unordered_map<std::string, Place> first_of_;
    std::unordered_map<std::size_t, BlocksOfTown> blocks_; ///< by place in towns_
};

} // namespace

std::vector<TownReading> merge_gazetteers(std::vector<ListedTown> towns) {
    std::ranges::stable_sort(towns, {}, &ListedTown::list);
    const Municipalities municipalities(towns);
    Merged merged(municipalities);
    // A town's own point goes before any middle of blocks, whichever list has it.
    for (const bool middle : {false, true}) {
        for (auto& [town, list] : towns) {
            if (town.is_middle_of_blocks == middle) {
                merged.add(std::move(town), list);
            }
        }
    }
    return merged.take();
}

} // namespace shirube::directory
