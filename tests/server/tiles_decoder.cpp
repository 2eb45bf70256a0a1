#include "tests/server/tiles_decoder.hpp"

#include <protozero/pbf_reader.hpp>

#include <set>
#include <stdexcept>

namespace shirube::test {
namespace {

std::string read_value(protozero::pbf_reader value) {
    std::string text;
    int fields = 0;
    while (value.next()) {
        ++fields;
        switch (value.tag()) {
            case 1:
                text = value.get_string();
                break;
            case 5:
                text = std::to_string(value.get_uint64());
                break;
            default:
                throw std::runtime_error("a value of a kind we do not write");
        }
    }
    if (fields != 1) {
        throw std::runtime_error("a value holds exactly one field");
    }
    return text;
}

void read_geometry(const std::vector<std::uint32_t>& numbers, DecodedFeature& feature) {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::size_t at = 0;
    const auto step = [&] {
        x += protozero::decode_zigzag32(numbers.at(at++));
        y += protozero::decode_zigzag32(numbers.at(at++));
        feature.rings.back().emplace_back(x, y);
    };
    while (at < numbers.size()) {
        const std::uint32_t command = numbers[at] & 7U;
        const std::uint32_t times = numbers[at++] >> 3U;
        if (command == 1 && times == 1) {
            feature.rings.emplace_back();
            step();
        } else if (command == 2 && !feature.rings.empty() && times > 0) {
            for (std::uint32_t time = 0; time < times; ++time) {
                step();
                const DecodedRing& ring = feature.rings.back();
                if (ring[ring.size() - 1] == ring[ring.size() - 2]) {
                    throw std::runtime_error("a line that goes nowhere");
                }
            }
        } else if (command == 7 && times == 1 && feature.type == 3 && feature.rings.back().size() >= 3) {
            continue;
        } else {
            throw std::runtime_error("a command out of place");
        }
    }
}

DecodedFeature read_feature(protozero::pbf_reader message, const DecodedLayer& layer) {
    DecodedFeature feature;
    std::vector<std::uint32_t> tags;
    std::vector<std::uint32_t> geometry;
    while (message.next()) {
        switch (message.tag()) {
            case 1:
                feature.id = message.get_uint64();
                break;
            case 2: {
                const auto range = message.get_packed_uint32();
                tags.assign(range.begin(), range.end());
                break;
            }
            case 3:
                feature.type = message.get_enum();
                break;
            case 4: {
                const auto range = message.get_packed_uint32();
                geometry.assign(range.begin(), range.end());
                break;
            }
            default:
                throw std::runtime_error("a field no feature has");
        }
    }
    if (tags.size() % 2 != 0) {
        throw std::runtime_error("a key without a value");
    }
    for (std::size_t at = 0; at < tags.size(); at += 2) {
        feature.properties[layer.keys.at(tags[at])] = layer.values.at(tags[at + 1]);
    }
    read_geometry(geometry, feature);
    return feature;
}

DecodedLayer read_layer(const protozero::data_view& bytes) {
    DecodedLayer layer;
    std::vector<protozero::data_view> features;
    protozero::pbf_reader message(bytes);
    while (message.next()) {
        switch (message.tag()) {
            case 1:
                layer.name = message.get_string();
                break;
            case 2:
                features.push_back(message.get_view());
                break;
            case 3:
                layer.keys.push_back(message.get_string());
                break;
            case 4:
                layer.values.push_back(read_value(message.get_message()));
                break;
            case 5:
                layer.extent = message.get_uint32();
                break;
            case 15:
                layer.version = message.get_uint32();
                break;
            default:
                throw std::runtime_error("a field no layer has");
        }
    }
    if (std::set<std::string>(layer.keys.begin(), layer.keys.end()).size() != layer.keys.size()) {
        throw std::runtime_error("a key twice");
    }
    for (const protozero::data_view& feature : features) {
        layer.features.push_back(read_feature(protozero::pbf_reader(feature), layer));
    }
    return layer;
}

} // namespace

std::string DecodedFeature::property(const std::string& name) const {
    const auto found = properties.find(name);
    return found == properties.end() ? "(none)" : found->second;
}

std::vector<DecodedLayer> decode_tile(std::string_view bytes) {
    std::vector<DecodedLayer> layers;
    protozero::pbf_reader tile(bytes.data(), bytes.size());
    while (tile.next()) {
        if (tile.tag() != 3) {
            throw std::runtime_error("a field no tile has");
        }
        layers.push_back(read_layer(tile.get_view()));
    }
    return layers;
}

std::int64_t twice_signed_surface(const DecodedRing& ring) {
    std::int64_t twice = 0;
    for (std::size_t at = 0; at < ring.size(); ++at) {
        const auto [x, y] = ring[at];
        const auto [next_x, next_y] = ring[(at + 1) % ring.size()];
        twice += static_cast<std::int64_t>(x) * next_y - static_cast<std::int64_t>(next_x) * y;
    }
    return twice;
}

} // namespace shirube::test
