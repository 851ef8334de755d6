import { toSeconds } from '../../git/objects.ts';
import { repositoryPage, repositoryUrl } from '../../http/present/repository.ts';
import { nodeId, type Schemas } from '../../http/present/schemas.ts';
import { presentUser } from '../../http/present/user.ts';
import type { Asset, Release, Repository } from '../../world/world.ts';

export function presentRelease(url: string, repository: Repository, release: Release): Schemas['release'] {
  const self = `${repositoryUrl(url, repository)}/releases/${String(release.id)}`;
  const page = repositoryPage(url, repository);
  return {
    url: self,
    html_url: `${page}/releases/tag/${release.tagName}`,
    assets_url: `${self}/assets`,
    upload_url: `${url}/uploads/repos/${repository.owner}/${repository.name}/releases/${String(release.id)}/assets{?name,label}`,
    tarball_url: `${repositoryUrl(url, repository)}/tarball/${release.tagName}`,
    zipball_url: `${repositoryUrl(url, repository)}/zipball/${release.tagName}`,
    id: release.id,
    node_id: nodeId('Release', release.id),
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: toSeconds(release.createdAt),
    published_at: release.publishedAt === null ? null : toSeconds(release.publishedAt),
    author: presentUser(url, release.author),
    assets: release.assets.map((asset) => presentAsset(url, repository, release, asset)),
  };
}

export function presentAsset(url: string, repository: Repository, release: Release, asset: Asset): Schemas['release-asset'] {
  return {
    url: `${repositoryUrl(url, repository)}/releases/assets/${String(asset.id)}`,
    browser_download_url: `${repositoryPage(url, repository)}/releases/download/${release.tagName}/${asset.name}`,
    id: asset.id,
    node_id: nodeId('ReleaseAsset', asset.id),
    name: asset.name,
    label: '',
    state: 'uploaded',
    content_type: asset.contentType,
    size: asset.bytes.length,
    digest: asset.digest,
    download_count: 0,
    created_at: toSeconds(asset.createdAt),
    updated_at: toSeconds(asset.createdAt),
    uploader: presentUser(url, asset.uploader),
  };
}
