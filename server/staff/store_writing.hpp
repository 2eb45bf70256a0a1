// What staff write to the store from a page: a trouble that a person can mend is a sentence.
#pragma once

#include "directory/store.hpp"
#include "server/pages/texts.hpp"
#include "server/staff/staff_call.hpp"

#include <optional>
#include <string>

namespace shirube::server {

/// Runs work(store); whoever reads next reads what was written. \returns what is wrong, in the language of the page
/// \param of whose words they are where it has its own ("rules.store_document_changed"); else those of policies
template <class Work>
std::optional<std::string> trouble_of_writing(const StaffCall& call, Work&& work, const std::string& of = "policies") {
    try {
        auto store = directory::Store::open(call.desk.store(), directory::OpenMode::write);
        work(store);
        call.desk.note_written();
        return std::nullopt;
    } catch (const directory::StoreError& error) {
        const Texts& texts = Texts::in(call.context.language);
        return texts.get_or(of + ".store_" + error.code(),
                            texts.get_or("policies.store_" + error.code(), error.what()));
    }
}

} // namespace shirube::server
