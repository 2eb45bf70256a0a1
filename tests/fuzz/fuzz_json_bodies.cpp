// Any bytes as a policy in a request's body: refused with a place and a sentence, or a policy that says the same again.
#include "directory/policy.hpp"
#include "directory/taxonomy.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace shirube::directory;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_discarded()) {
        return 0;
    }
    const auto policy = parse_policy(document, Taxonomy::shipped());
    if (!policy) {
        if (policy.error().message.empty()) {
            std::abort();
        }
        return 0;
    }
    const auto written = to_document(*policy, Taxonomy::shipped());
    const auto again = parse_policy(written, Taxonomy::shipped());
    if (!again || to_document(*again, Taxonomy::shipped()) != written) {
        std::abort();
    }
    return 0;
}
