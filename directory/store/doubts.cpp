// The queue of places that may be one.
#include "directory/store/connection.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

namespace {

DoubtfulPlaces::Side side_of(Database& database, std::int64_t place_id) {
    Statement select(database, R"(SELECT p.public_id, s.name, s.address, s.municipality_name, l.name
        FROM stated_place s JOIN entity p ON p.entity_id = s.place_id JOIN list l USING (list_id)
        WHERE s.place_id = ? ORDER BY s.is_public = 0, l.name, s.key)");
    select.bind(place_id);
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

std::vector<DoubtfulPlaces> Store::doubtful_places() const {
    Database& database = impl_->database;
    Statement select(database, R"(SELECT d.a, d.b, d.total, d.reason FROM doubtful_pair d
        JOIN entity a ON a.entity_id = d.a JOIN entity b ON b.entity_id = d.b
        ORDER BY d.total DESC, a.public_id, b.public_id)");
    std::vector<DoubtfulPlaces> pairs;
    while (select.step()) {
        const auto reason = nlohmann::json::parse(select.text(3));
        pairs.push_back({side_of(database, select.integer(0)), side_of(database, select.integer(1)), select.real(2),
                         reason.at("ja").get<std::string>(), reason.at("en").get<std::string>(),
                         reason.at("objection").get<std::string>()});
    }
    return pairs;
}

} // namespace shirube::directory
