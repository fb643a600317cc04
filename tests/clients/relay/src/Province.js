import { graphql } from "relay-runtime";

export const query = graphql`
  query ProvinceQuery($code: String!, $size: Int!) {
    division(code: $code) {
      name
      ...ProvincePrefectures @arguments(size: $size)
    }
  }
`;

export const prefectures = graphql`
  fragment ProvincePrefectures on Division
  @argumentDefinitions(size: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "ProvincePrefecturesPageQuery") {
    children(first: $size, after: $after, orderBy: [{ code: ASC }])
      @connection(key: "Province_children") {
      totalCount
      edges {
        node {
          code
          ...ProvincePrefecture
        }
      }
    }
  }
`;

export const prefecture = graphql`
  fragment ProvincePrefecture on Division {
    name
    level
    parent {
      code
    }
  }
`;

export const person = graphql`
  query ProvincePersonQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on Person {
        name
        mandates(first: 10) {
          nodes {
            ...ProvinceMandate @relay(mask: false)
          }
        }
      }
    }
  }
`;

export const mandate = graphql`
  fragment ProvinceMandate on Deputy {
    level
    term
  }
`;
