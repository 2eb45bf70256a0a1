// The measures of a network in plain sentences, each with the list behind it: for a page, and for the command line.
#pragma once

#include "directory/reader.hpp"
#include "server/network/network_question.hpp"
#include "server/pages/texts.hpp"

#include <string>
#include <vector>

namespace shirube::server {

/// One of what a figure counts, and where there is more of it.
struct MeasureLine {
    std::string text;
    std::string path; ///< of its page, as Links::to() takes it; empty: it has none
};

struct MeasureWords {
    std::string code; ///< untied, bases, places, referrals, hubs, districts, councils, change
    std::string heading;
    std::vector<std::string> sentences;
    std::vector<MeasureLine> list; ///< what the figures count, a line each
};

/// All of them, in the order of their codes above; of ties of every kind, whatever kinds are asked for.
std::vector<MeasureWords> measures_in_words(const directory::Reader& reader, const NetworkQuestion& question,
                                            const Texts& texts);

} // namespace shirube::server
