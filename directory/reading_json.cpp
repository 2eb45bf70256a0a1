// How readings are kept in the store, but for those of places and services: reading_json_resources.cpp.
#include "directory/json_members.hpp"
#include "directory/reading.hpp"

#include <sodium.h>

#include <stdexcept>

namespace shirube::directory {

using namespace members;

namespace {

/// JSON has no bytes.
std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    text.pop_back(); // the terminating zero
    return text;
}

std::string from_base64(const std::string& text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                         text.size(), nullptr, &size, &end, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    if (failed != 0 || end != text.data() + text.size()) {
        throw std::runtime_error("a reading in the store holds damaged bytes");
    }
    bytes.resize(size);
    return bytes;
}

} // namespace

void to_json(json& out, const DistrictReading& reading) {
    out = json::object();
    out["layer"] = reading.layer;
    put(out, "municipality", reading.municipality);
    put(out, "municipality_name", reading.municipality_name);
    put(out, "name", reading.name);
    put(out, "school_code", reading.school_code);
    put_code(out, "status", reading.status, DistrictStatus::active);
    for (const auto& member : reading.members) {
        out["members"].push_back({member.layer, member.municipality, member.name});
    }
    for (const auto& rule : reading.addresses) {
        out["addresses"].push_back(rule);
    }
    put(out, "valid_from", reading.valid_from);
    put(out, "valid_to", reading.valid_to);
}

void from_json(const json& in, DistrictReading& reading) {
    reading.layer = in.at("layer").get<std::string>();
    reading.municipality = text(in, "municipality");
    reading.municipality_name = text(in, "municipality_name");
    reading.name = text(in, "name");
    reading.school_code = text(in, "school_code");
    reading.status = code(in, "status", DistrictStatus::active);
    reading.members.clear();
    for (const auto& member : in.value("members", json::array())) {
        reading.members.push_back(
            {member.at(0).get<std::string>(), member.at(1).get<std::string>(), member.at(2).get<std::string>()});
    }
    reading.addresses = in.value("addresses", std::vector<AddressRule>{});
    reading.valid_from = maybe_day(in, "valid_from");
    reading.valid_to = maybe_day(in, "valid_to");
}

void to_json(json& out, const PopulationReading& reading) {
    out = json::object();
    put(out, "mesh", reading.mesh);
    put(out, "town", reading.town);
    put(out, "town_code", reading.town_code);
    put(out, "municipality", reading.municipality);
    put(out, "municipality_name", reading.municipality_name);
    if (reading.position) {
        out["position"] = {reading.position->lon, reading.position->lat};
    }
    put(out, "accuracy_m", reading.accuracy_m);
    put(out, "total", reading.total);
    json bands = json::array();
    for (const auto& band : reading.bands) {
        bands.push_back({band.from_age_years, band.to_age_years ? json(*band.to_age_years) : json(nullptr),
                         band.count ? json(*band.count) : json(nullptr)});
    }
    out["bands"] = std::move(bands);
    put(out, "suppressed_into", reading.suppressed_into);
    put(out, "carries", reading.carries);
}

void from_json(const json& in, PopulationReading& reading) {
    reading.mesh = text(in, "mesh");
    reading.town = text(in, "town");
    reading.town_code = text(in, "town_code");
    reading.municipality = text(in, "municipality");
    reading.municipality_name = text(in, "municipality_name");
    if (const auto found = in.find("position"); found != in.end()) {
        reading.position = geo::LonLat{found->at(0).get<double>(), found->at(1).get<double>()};
    }
    reading.accuracy_m = maybe<double>(in, "accuracy_m");
    reading.total = maybe<std::int64_t>(in, "total");
    reading.bands.clear();
    for (const auto& band : in.at("bands")) {
        BandReading read{band.at(0).get<int>(), std::nullopt, std::nullopt};
        if (!band.at(1).is_null()) {
            read.to_age_years = band.at(1).get<int>();
        }
        if (!band.at(2).is_null()) {
            read.count = band.at(2).get<std::int64_t>();
        }
        reading.bands.push_back(read);
    }
    reading.suppressed_into = text(in, "suppressed_into");
    reading.carries = in.value("carries", std::vector<std::string>{});
}

void to_json(json& out, const TownReading& reading) {
    out = json::object();
    put(out, "prefecture", reading.prefecture);
    put(out, "municipality", reading.municipality);
    put(out, "municipality_name", reading.municipality_name);
    put(out, "town", reading.town);
    put(out, "koaza", reading.koaza);
    out["position"] = {reading.position.lon, reading.position.lat};
    out["accuracy_m"] = reading.accuracy_m;
    if (reading.blocks) {
        out["blocks"] = to_base64(*reading.blocks);
    }
    if (reading.is_middle_of_blocks) {
        out["is_middle_of_blocks"] = true;
    }
}

void from_json(const json& in, TownReading& reading) {
    reading.prefecture = text(in, "prefecture");
    reading.municipality = text(in, "municipality");
    reading.municipality_name = text(in, "municipality_name");
    reading.town = text(in, "town");
    reading.koaza = text(in, "koaza");
    reading.position = {in.at("position").at(0).get<double>(), in.at("position").at(1).get<double>()};
    reading.accuracy_m = in.at("accuracy_m").get<double>();
    reading.blocks.reset();
    if (in.contains("blocks")) {
        reading.blocks =
            std::make_shared<const std::string>(from_base64(in.at("blocks").get_ref<const std::string&>()));
    }
    reading.is_middle_of_blocks = in.value("is_middle_of_blocks", false);
}

void to_json(json& out, const NeedReading& reading) {
    out = json::object();
    out["indicator"] = reading.indicator;
    out["unit"] = std::string{code_of(reading.unit)};
    out["layer"] = reading.layer;
    put(out, "code", reading.code);
    put(out, "name", reading.name);
    put(out, "municipality", reading.municipality);
    put(out, "from", reading.from);
    put(out, "to", reading.to);
    put(out, "value", reading.value);
    if (reading.suppressed) {
        out["suppressed"] = true;
    }
    put(out, "source", reading.source);
    put(out, "note", reading.note);
}

void from_json(const json& in, NeedReading& reading) {
    reading.indicator = in.at("indicator").get<std::string>();
    reading.unit = code(in, "unit", Unit::persons);
    reading.layer = in.at("layer").get<std::string>();
    reading.code = text(in, "code");
    reading.name = text(in, "name");
    reading.municipality = text(in, "municipality");
    reading.from = maybe_day(in, "from");
    reading.to = maybe_day(in, "to");
    reading.value = maybe<double>(in, "value");
    reading.suppressed = in.value("suppressed", false);
    reading.source = text(in, "source");
    reading.note = text(in, "note");
}

void to_json(json& out, const LandmarkReading& reading) {
    out = {{"kind", std::string{code_of(reading.kind)}}, {"name", reading.name}};
    put(out, "kana", reading.kana);
    put(out, "detail", reading.detail);
    put(out, "municipality", reading.municipality);
    put(out, "municipality_name", reading.municipality_name);
    if (reading.position) {
        out["position"] = {reading.position->lon, reading.position->lat};
        out["accuracy_m"] = reading.accuracy_m;
    }
}

void from_json(const json& in, LandmarkReading& reading) {
    const auto kind = parse_code<LandmarkKind>(in.at("kind").get<std::string>());
    if (!kind) {
        throw std::runtime_error("The store holds a landmark of an unknown kind.");
    }
    reading.kind = *kind;
    reading.name = in.at("name").get<std::string>();
    reading.kana = text(in, "kana");
    reading.detail = text(in, "detail");
    reading.municipality = text(in, "municipality");
    reading.municipality_name = text(in, "municipality_name");
    if (const auto at = in.find("position"); at != in.end()) {
        reading.position = geo::LonLat{at->at(0).get<double>(), at->at(1).get<double>()};
        reading.accuracy_m = in.value("accuracy_m", 0.0);
    }
}

void to_json(json& out, const HolidayReading& reading) {
    out = {{"day", to_string(reading.day)}, {"name", reading.name}};
}

void from_json(const json& in, HolidayReading& reading) {
    const auto day = parse_day(in.at("day").get<std::string>());
    if (!day) {
        throw std::runtime_error("The store holds a holiday without a date.");
    }
    reading.day = *day;
    reading.name = in.at("name").get<std::string>();
}

} // namespace shirube::directory
