#include "directory/store/wkb.hpp"

#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace shirube::directory {

namespace {

constexpr std::uint8_t k_little_endian = 1;
constexpr std::uint32_t k_point = 1;
constexpr std::uint32_t k_polygon = 3;
constexpr std::uint32_t k_multi_polygon = 6;

class Writer {
  public:
    template <class T>
    void put(T value) {
        static_assert(std::is_trivially_copyable_v<T>);
        const auto at = bytes_.size();
        bytes_.resize(at + sizeof value);
        std::memcpy(bytes_.data() + at, &value, sizeof value);
    }
    void put_header(std::uint32_t type) {
        put(k_little_endian);
        put(type);
    }
    std::vector<std::uint8_t> take() { return std::move(bytes_); }

  private:
    std::vector<std::uint8_t> bytes_;
};

class ByteReader {
  public:
    explicit ByteReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

    template <class T>
    T take() {
        if (bytes_.size() < sizeof(T)) {
            throw std::runtime_error("A geometry in the store ends too early.");
        }
        T value;
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_ = bytes_.subspan(sizeof value);
        return value;
    }
    std::uint32_t take_header() {
        if (take<std::uint8_t>() != k_little_endian) {
            throw std::runtime_error("A geometry in the store is big endian.");
        }
        return take<std::uint32_t>();
    }
    /// A count of things that each take at least `least` bytes, so that a damaged count cannot ask for memory.
    std::size_t take_count(std::size_t least) {
        const auto count = take<std::uint32_t>();
        if (count > bytes_.size() / least) {
            throw std::runtime_error("A geometry in the store is damaged.");
        }
        return count;
    }

  private:
    std::span<const std::uint8_t> bytes_;
};

void put_ring(Writer& out, const geo::Ring& ring) {
    const bool closed = !ring.empty() && ring.front() == ring.back();
    out.put(static_cast<std::uint32_t>(ring.size() + (closed || ring.empty() ? 0 : 1)));
    for (const auto& point : ring) {
        out.put(point.lon);
        out.put(point.lat);
    }
    if (!closed && !ring.empty()) {
        out.put(ring.front().lon);
        out.put(ring.front().lat);
    }
}

geo::Ring take_ring(ByteReader& in) {
    geo::Ring ring(in.take_count(2 * sizeof(double)));
    for (auto& point : ring) {
        point.lon = in.take<double>();
        point.lat = in.take<double>();
    }
    return ring;
}

geo::Polygon take_polygon(ByteReader& in) {
    geo::Polygon polygon;
    const auto rings = in.take_count(sizeof(std::uint32_t));
    for (std::size_t i = 0; i < rings; ++i) {
        if (i == 0) {
            polygon.outer = take_ring(in);
        } else {
            polygon.holes.push_back(take_ring(in));
        }
    }
    return polygon;
}

} // namespace

std::vector<std::uint8_t> to_wkb(const geo::MultiPolygon& area) {
    Writer out;
    out.put_header(k_multi_polygon);
    out.put(static_cast<std::uint32_t>(area.size()));
    for (const auto& polygon : area) {
        out.put_header(k_polygon);
        out.put(static_cast<std::uint32_t>(1 + polygon.holes.size()));
        put_ring(out, polygon.outer);
        for (const auto& hole : polygon.holes) {
            put_ring(out, hole);
        }
    }
    return out.take();
}

geo::MultiPolygon area_from_wkb(std::span<const std::uint8_t> wkb) {
    ByteReader in(wkb);
    geo::MultiPolygon area;
    const auto type = in.take_header();
    if (type == k_polygon) {
        area.push_back(take_polygon(in));
        return area;
    }
    if (type != k_multi_polygon) {
        throw std::runtime_error("A district's geometry in the store is no polygon.");
    }
    const auto polygons = in.take_count(9);
    for (std::size_t i = 0; i < polygons; ++i) {
        if (in.take_header() != k_polygon) {
            throw std::runtime_error("A district's geometry in the store is damaged.");
        }
        area.push_back(take_polygon(in));
    }
    return area;
}

std::optional<geo::LonLat> point_from_blob(std::span<const std::uint8_t> blob) {
    // 0x00, endianness, SRID, four doubles of the bounding box, 0x7C, type, x, y, 0xFE.
    constexpr std::size_t type_at = 1 + 1 + 4 + 32 + 1;
    constexpr std::size_t size = type_at + 4 + 16 + 1;
    if (blob.size() != size || blob[1] != k_little_endian || blob[type_at - 1] != 0x7c) {
        return std::nullopt;
    }
    std::uint32_t type = 0;
    std::memcpy(&type, blob.data() + type_at, sizeof type);
    if (type != k_point) {
        return std::nullopt;
    }
    geo::LonLat point{};
    std::memcpy(&point.lon, blob.data() + type_at + 4, sizeof(double));
    std::memcpy(&point.lat, blob.data() + type_at + 12, sizeof(double));
    return point;
}

} // namespace shirube::directory
