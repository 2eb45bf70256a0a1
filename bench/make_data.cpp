// Makes what the other benchmarks ask: the country in a store, the same places in a database for the rival, the
// addresses that the load on the server draws from, and a city with its children in a store of its own.
#include "bench/country/country.hpp"
#include "bench/country/on_disk.hpp"
#include "bench/gaps/gap_land.hpp"
#include "bench/gaps/land_store.hpp"
#include "bench/rivals/spatialite_places.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <fstream>

using namespace shirube::bench;

namespace {

void write_addresses(const Country& country, const std::filesystem::path& path) {
    constexpr std::size_t k_addresses = 10'000;
    const auto codes = programme_codes();
    std::ofstream out(path);
    for (const Question& question : make_questions(country, k_addresses)) {
        out << fmt::format("/api/v1/resources?near={:.5f},{:.5f}&radius=2000&programme={}&sort=distance&limit=20\n",
                           question.near.lon, question.near.lat, codes[question.programme]);
    }
    if (!out.flush()) {
        throw std::runtime_error(fmt::format("{}: cannot be written", path.string()));
    }
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path folder;
    CLI::App app("Makes the benchmarks' data");
    app.add_option("folder", folder, "where country.shirube, city.shirube, rival.sqlite and addresses.txt go")
        ->required();
    CLI11_PARSE(app, argc, argv);
    try {
        std::filesystem::create_directories(folder);
        for (const char* name : {"country.shirube", "country.shirube-wal", "country.shirube-shm", "city.shirube",
                                 "city.shirube-wal", "city.shirube-shm", "rival.sqlite"}) {
            std::filesystem::remove(folder / name);
        }
        const Country country = make_country();
        fmt::print("{} services in {} towns, {} districts\n", country.places.size(), country.towns.size(),
                   country.districts.size());
        write_addresses(country, folder / "addresses.txt");
        write_rival_database(country, folder / "rival.sqlite");
        write_store(make_block_land({"a city", 20, 200, 500}), folder / "city.shirube");
        write_store(country, folder / "country.shirube");
    } catch (const std::exception& error) {
        fmt::print(stderr, "make_data: {}\n", error.what());
        return 1;
    }
    return 0;
}
