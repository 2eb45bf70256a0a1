// What a policy asks, in words: for the list of them and for the page of one.
#pragma once

#include "directory/policy.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/templates.hpp"

#include <span>
#include <string>

namespace shirube::server {

/// "区域ごとに、次のどれかがあるか" and the like.
std::string reading_in_words(const directory::Policy& policy, const Texts& texts);

/// Name, sentence, source, version, layer, reading and programmes.
void fill_offered(View item, const directory::Policy& policy, const directory::Taxonomy& taxonomy);

/// One that is offered to nobody now, where its keepers find it.
struct RetiredPolicy {
    std::string id;
    std::string name;
};

Answer policies_page_with(const Request& request, const Context& context, std::span<const RetiredPolicy> retired);

} // namespace shirube::server
