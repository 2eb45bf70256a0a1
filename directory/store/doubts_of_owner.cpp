#include "directory/store/doubts_of_owner.hpp"

#include "directory/store/sqlite.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

namespace {

/// Without an id where this owner may see no row of the place.
DoubtfulPlaces::Side side_for(Statement& select, std::int64_t place_id, const std::string& owner) {
    select.bind(place_id, owner);
    DoubtfulPlaces::Side side;
    while (select.step()) {
        if (side.id.empty()) {
            side.id = select.text(0);
            side.name = select.text(1);
            side.address = select.text(2);
            side.municipality = select.text(3);
        }
        if (side.lists.empty() || side.lists.back() != select.text(4)) {
            side.lists.emplace_back(select.text(4));
        }
    }
    return side;
}

} // namespace

std::vector<DoubtfulPlaces> doubts_of_owner(const std::filesystem::path& store, const std::string& owner) {
    Database database(store, Database::Mode::read_only);
    Statement places(database, R"(SELECT p.public_id, s.name, s.address, s.municipality_name, l.name
        FROM stated_place s JOIN entity p ON p.entity_id = s.place_id JOIN list l USING (list_id)
        WHERE s.place_id = ?1 AND (s.is_public = 1 OR s.owner = ?2) ORDER BY s.is_public = 0, l.name, s.key)");
    Statement select(database, R"(SELECT d.a, d.b, d.total, d.reason FROM doubtful_pair d
        JOIN entity a ON a.entity_id = d.a JOIN entity b ON b.entity_id = d.b
        WHERE d.unit = ? ORDER BY d.total DESC, a.public_id, b.public_id)");
    select.bind(owner);
    std::vector<DoubtfulPlaces> pairs;
    while (select.step()) {
        auto a = side_for(places, select.integer(0), owner);
        auto b = side_for(places, select.integer(1), owner);
        if (a.id.empty() || b.id.empty()) {
            continue;
        }
        const auto reason = nlohmann::json::parse(select.text(3));
        pairs.push_back({std::move(a), std::move(b), select.real(2), reason.at("ja").get<std::string>(),
                         reason.at("en").get<std::string>(), reason.at("objection").get<std::string>()});
    }
    return pairs;
}

} // namespace shirube::directory
