// The one place where readings meet their text: the parser is compiled here and not wherever a row is read.

#include "directory/reading.hpp"

#include <nlohmann/json.hpp>

namespace shirube::directory {

Reading::Reading(const Reading&) = default;
Reading::Reading(Reading&&) noexcept = default;
Reading& Reading::operator=(const Reading&) = default;
Reading& Reading::operator=(Reading&&) noexcept = default;
Reading::~Reading() = default;

std::string text_of(const Reading& reading) {
    return std::visit([](const auto& known) { return nlohmann::json(known).dump(); }, reading);
}

template <typename Kind>
Kind read_as(std::string_view text) {
    return nlohmann::json::parse(text).get<Kind>();
}

std::vector<UseTerms> use_terms_of(std::string_view text) {
    return nlohmann::json::parse(text).get<std::vector<UseTerms>>();
}

template ResourceReading read_as(std::string_view);
template DistrictReading read_as(std::string_view);
template PopulationReading read_as(std::string_view);
template TownReading read_as(std::string_view);
template NeedReading read_as(std::string_view);
template HolidayReading read_as(std::string_view);
template CorrectionReading read_as(std::string_view);
template LandmarkReading read_as(std::string_view);
template RelationReading read_as(std::string_view);
template ForumReading read_as(std::string_view);
template HelperCountReading read_as(std::string_view);

} // namespace shirube::directory
