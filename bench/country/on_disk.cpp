#include "bench/country/on_disk.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "directory/store.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace shirube::bench {

void write_store(const Country& country, const std::filesystem::path& path) {
    constexpr std::size_t k_pieces = 20;
    auto store = directory::Store::open(path, directory::OpenMode::write_or_create);
    store.append(districts_batch(country));
    for (std::size_t piece = 0; piece < k_pieces; ++piece) {
        store.append(services_batch(country, piece, k_pieces));
    }
}

directory::Reader open_reader(const std::filesystem::path& path) {
    auto store = directory::Store::open(path, directory::OpenMode::read);
    return directory::Reader(directory::Snapshot::build(store.read_public_state(), directory::Taxonomy::shipped(),
                                                        directory::Holidays::shipped()));
}

std::uint32_t place_number(const directory::Reader& reader, std::uint32_t service) {
    // The number ends the place's name; see services_batch().
    const std::string& name = reader.sites()[reader.services()[service].site].name;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto digits = std::find_if_not(name.rbegin(), name.rend(), is_digit).base();
    std::uint32_t number = 0;
    if (std::from_chars(&*digits, name.data() + name.size(), number).ec != std::errc{}) {
        throw std::runtime_error("a service of the store is none of the country's: " + name);
    }
    return number;
}

std::vector<directory::ProgrammeIndex> programme_indexes(const directory::Reader& reader) {
    std::vector<directory::ProgrammeIndex> indexes;
    for (const std::string& code : programme_codes()) {
        indexes.push_back(reader.taxonomy().by_code(code).value());
    }
    return indexes;
}

} // namespace shirube::bench
