// What of a question's scope a measure looks at.
#pragma once

#include "directory/network/network_view.hpp"

#include <utility>

namespace shirube::directory {

/// The same of every kind of tie: who is tied by others than the kinds asked for is tied all the same, and to say that
/// he is alone would be untrue.
inline NetworkScope of_all_kinds(NetworkScope scope) {
    scope.kinds.clear();
    return scope;
}

/// The municipality's whole network, or the country's where none is asked for, of every kind: a graph cut at the border
/// of a district or a meeting has ends that are none.
inline NetworkScope of_whole_network(NetworkScope scope) {
    scope = of_all_kinds(std::move(scope));
    scope.district = k_no_index;
    scope.forum = k_no_index;
    return scope;
}

} // namespace shirube::directory
