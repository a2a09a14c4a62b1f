#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// What docs/synth.md compares of a network of links.
namespace liantu::bench {

/// Links from supplier to customer, ascending, each once, none from a firm to itself.
using Links = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// How links are spread over the firms that have any.
struct Degrees {
  std::uint64_t firms = 0;
  std::uint64_t median = 0;
  std::uint64_t percentile_99 = 0;
  std::uint64_t largest = 0;
  double top_share = 0;  ///< links of the hundredth of the firms that has most, as a share of all
  double tail =
      0;  ///< Hill estimate over the largest twentieth: P(degree > k) ~ k^-tail; 0: it has none
};

struct Structure {
  std::uint64_t links = 0;
  std::uint64_t firms = 0;  ///< with a link
  Degrees customers;        ///< of suppliers
  Degrees suppliers;        ///< of customers
  double reciprocity = 0;   ///< share of links whose reverse is a link
  // Without direction, a pair linked both ways once:
  std::uint64_t triangles = 0;
  std::uint64_t squares = 0;  ///< circles of four firms, whether or not there are diagonals
  double closed_two = 0;      ///< share of paths of two links that a third closes
  double closed_three = 0;    ///< share of paths of three links that a fourth closes
};

[[nodiscard]] inline Degrees degrees(std::vector<std::uint64_t> of) {
  std::erase(of, 0U);
  std::ranges::sort(of, std::greater<>());
  Degrees result;
  result.firms = of.size();
  if (of.empty()) return result;
  result.median = of[of.size() / 2];
  result.percentile_99 = of[of.size() / 100];
  result.largest = of.front();
  const std::size_t top = (of.size() + 99) / 100;
  double all = 0;
  double most = 0;
  for (std::size_t i = 0; i < of.size(); ++i) {
    all += static_cast<double>(of[i]);
    if (i < top) most += static_cast<double>(of[i]);
  }
  result.top_share = most / all;
  const std::size_t tail = of.size() / 20;
  double logs = 0;
  for (std::size_t i = 0; i < tail; ++i) {
    logs += std::log(static_cast<double>(of[i]) / static_cast<double>(of[tail]));
  }
  result.tail = logs > 0 ? static_cast<double>(tail) / logs : 0;
  return result;
}

/// Time O(sum of squared degrees), memory O(firms + links).
[[nodiscard]] inline Structure structure(std::uint32_t firms, const Links& links) {
  Structure result;
  result.links = links.size();
  std::vector<std::uint64_t> customers(firms, 0);
  std::vector<std::uint64_t> suppliers(firms, 0);
  std::vector<std::vector<std::uint32_t>> neighbours(firms);
  std::uint64_t returned = 0;
  for (const auto& [supplier, customer] : links) {
    ++customers[supplier];
    ++suppliers[customer];
    const bool both = std::ranges::binary_search(links, std::pair(customer, supplier));
    if (both) ++returned;
    if (both && supplier > customer) continue;
    neighbours[supplier].push_back(customer);
    neighbours[customer].push_back(supplier);
  }
  result.customers = degrees(customers);
  result.suppliers = degrees(suppliers);
  if (!links.empty()) {
    result.reciprocity = static_cast<double>(returned) / static_cast<double>(links.size());
  }

  // Common neighbours of a firm with all later ones: linked, they are triangles, each found once a
  // link; any two of them are a square, found once a diagonal.
  std::vector<std::uint32_t> common(firms, 0);
  std::uint64_t twos = 0;    // paths of two links
  std::uint64_t threes = 0;  // paths of three links, triangles walked round included
  for (std::uint32_t firm = 0; firm < firms; ++firm) {
    const std::uint64_t degree = neighbours[firm].size();
    if (degree == 0) continue;
    ++result.firms;
    twos += degree * (degree - 1) / 2;
    for (const std::uint32_t next : neighbours[firm]) {
      for (const std::uint32_t other : neighbours[next]) {
        if (other > firm) result.squares += common[other]++;
      }
    }
    for (const std::uint32_t next : neighbours[firm]) {
      if (next > firm) {
        result.triangles += common[next];
        threes += (degree - 1) * (neighbours[next].size() - 1);
      }
    }
    for (const std::uint32_t next : neighbours[firm]) {
      for (const std::uint32_t other : neighbours[next]) common[other] = 0;
    }
  }
  result.triangles /= 3;
  result.squares /= 2;
  threes -= 3 * result.triangles;
  if (twos > 0) {
    result.closed_two = 3.0 * static_cast<double>(result.triangles) / static_cast<double>(twos);
  }
  if (threes > 0) {
    result.closed_three = 4.0 * static_cast<double>(result.squares) / static_cast<double>(threes);
  }
  return result;
}

}  // namespace liantu::bench
