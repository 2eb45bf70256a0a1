#include "importers/json_fault.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

namespace shirube::importers {

namespace {

/// Accepts everything and remembers where the parser stopped.
class Watcher : public nlohmann::json_sax<nlohmann::json> {
  public:
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(std::int64_t /*value*/) override { return true; }
    bool number_unsigned(std::uint64_t /*value*/) override { return true; }
    bool number_float(double /*value*/, const std::string& /*text*/) override { return true; }
    bool string(std::string& /*value*/) override { return true; }
    bool binary(nlohmann::json::binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*size*/) override { return true; }
    bool key(std::string& /*value*/) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t /*size*/) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        position_ = position;
        return false;
    }

    [[nodiscard]] std::size_t position() const noexcept { return position_; }

  private:
    std::size_t position_ = 0;
};

} // namespace

std::optional<JsonFault> find_json_fault(std::string_view text) {
    Watcher watcher;
    if (nlohmann::json::sax_parse(text, &watcher)) {
        return std::nullopt;
    }
    const std::size_t byte = std::min(std::max<std::size_t>(watcher.position(), 1), text.size());
    const auto lines = std::ranges::count(text.substr(0, byte == 0 ? 0 : byte - 1), '\n');
    return JsonFault{.byte = byte, .line = lines + 1};
}

} // namespace shirube::importers
